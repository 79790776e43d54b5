"""What the service knows: plain values and functions, with no window, file or clock."""
