"""Parts of the Allocate page: the waiting list, the compared workers, the terms of an allocation."""
