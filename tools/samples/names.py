"""Names that nobody bears: a colour or a tree, and a thing."""

from tools.samples.dice import Dice

_COLOURS = """
Amber Azure Beige Bronze Buff Cerise Chalk Cobalt Copper Coral Cream Crimson Cyan Denim Ebony Fawn Flax Ginger Gold
Green Hazel Indigo Ivory Jade Khaki Lemon Lilac Lime Maroon Mauve Mint Navy Ochre Olive Orange Peach Pearl Pink
Plum Puce Purple Quartz Red Rose Ruby Russet Saffron Sage Sand Scarlet Sepia Silver Slate Tan Teal Topaz Umber
Violet White Yellow
"""
COLOURS = tuple(_COLOURS.split())
_TREES = """
Alder Apple Ash Aspen Bay Beech Birch Box Cedar Cherry Chestnut Cypress Dogwood Elder Elm Fig Fir Gorse Hawthorn
Hemlock Holly Hornbeam Juniper Larch Laurel Lime Linden Magnolia Maple Medlar Mulberry Myrtle Oak Osier Palm Pear
Pine Plane Poplar Quince Redwood Rowan Sallow Service Sorrel Spindle Spruce Sumac Sycamore Tamarisk Thorn Walnut
Wattle Whitebeam Willow Yew
"""
TREES = tuple(_TREES.split())
_THINGS = """
Anchor Anvil Apron Arch Badge Bandstand Barrel Basket Beacon Bell Bobbin Bonnet Bottle Bracket Bucket Buckle Button
Cabinet Candle Canoe Carpet Castle Chimney Clock Compass Cradle Crayon Cushion Dial Doorway Drum Easel Engine
Envelope Feather Fiddle Flagon Flute Fountain Gable Garland Gate Goblet Hammock Handle Harbour Hatbox Hinge Inkwell
Jigsaw Jug Kettle Keyhole Kite Ladder Ladle Lantern Lattice Lever Locket Magnet Mallet Mirror Mitten Needle
Notebook Oar Oven Paddle Palette Parasol Pebble Pencil Piano Pillow Pitcher Pocket Postbox Pulley Quilt Rafter
Ribbon Rudder Saddle Sandal Satchel Saucer Scooter Shutter Sickle Slipper Spindle Spoon Stencil Tassel Teapot
Thimble Ticket Timber Tinder Trellis Trumpet Tunnel Umbrella Vase Violin Wagon Wardrobe Whistle Windmill Zip
"""
THINGS = tuple(_THINGS.split())


def worker_names(dice: Dice, count: int) -> list[str]:
    """So many names for workers, no two alike, no first or last name twice while the lists last."""
    firsts, lasts = dice.shuffled(TREES), dice.shuffled(THINGS)
    return [f"{firsts[place % len(firsts)]} {lasts[place % len(lasts)]}" for place in range(count)]


def first_names(dice: Dice, count: int) -> list[str]:
    """First names of the children of one family, all different."""
    return dice.shuffled(COLOURS)[:count]


def initials(name: str) -> str:
    """Initials as a sheet shows them, such as `A.B.`"""
    return "".join(f"{part[0]}." for part in name.split())
