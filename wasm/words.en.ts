/** The 1024 English words of "Vier Wörter" and passphrases: plain English nouns, spelled alike on both sides of the ocean.
 * Their order is part of TP1: a word's place is its number. `words.test.ts` holds the rules of the list. */
import { wordList } from "./words.ts";

export const ENGLISH_WORDS = wordList(`
  abacus acacia acorn acre acrobat adventure aerial afternoon agate airport airship alarm album alcove
  almond aloe alpaca alphabet alpine amber amethyst anchor anemone animal annex anteater antelope antenna
  anthem antique anvil apple apricot april apron aquarium arcade archive archway arena armchair aspen aster
  atlas atoll attic august aurora autumn avenue avocado awning azalea backdrop backpack badge bagel bakery
  ballet balloon bamboo banana banjo banner baritone barn basalt bathtub baton beacon beaker beanbag beehive
  beetle beetroot begonia beret bicycle bilberry biscuit blanket blazer blender blizzard blossom blouse
  bluebell blueberry blueprint bobbin bobcat bobsled bonnet bonsai bookcase bookmark boot bowl bracelet
  breeze brick bridge briefcase broccoli brochure bronze broom bucket buckle buffalo bumblebee bundle
  bungalow butterfly buzzard cabbage cabin cactus calendar calypso camel camera campfire campsite canal
  canary candle canoe canopy canteen canyon caravan cardboard cardigan cargo carnation carnival carousel
  carpet carriage cartoon cascade cashew castle cavern cedar celery cello ceramic chair chalk chapter chart
  checkers cheetah chess chestnut chickpea chimney chipmunk chisel chive chorus chutney cinema cinnamon
  circle circus citrus clarinet classroom clay cloak closet cloth cloud clover coach coaster cobalt cocoa
  coconut coffee coin collar comet comic comma compass compost concert confetti cookbook copper coral cork
  cornet corridor cosmos costume cottage cotton cove cowbell coyote crab crane crayon crescent cricket
  crimson crocus crown crystal cuckoo cucumber cup curlew curtain curve cushion cutlery cypress daffodil
  dahlia daisy damson dance dawn daylight delta denim depot design desk detour dewdrop diamond diary dill
  dinghy dingo dinner dogwood dolphin dome dominoes doorbell doorway dormouse drawer dress driveway drizzle
  duck duet duffel dune dustpan eagle earring easel east echo eclipse egret elastic elder elephant elevator
  elk emblem emerald emu engine envelope eraser ermine espresso essay estuary etching evening fable fabric
  facade factory falcon fanfare fantasy farmyard feather february fedora fence fennel fern festival fiddle
  field fig finch fish fjord flagpole flamenco flamingo flannel flask flax fleece flock floor flute folklore
  football footpath forecast forest forge fossil fox frame freesia freight fresco friday fringe frisbee frog
  frost fuchsia galaxy galleon gallery garage gardener gardenia garland garlic garnet gazebo gazelle gecko
  geranium gerbil geyser gherkin ginger giraffe glacier glade glass glider globe glossary glue goldfish golf
  gondola gong gosling grammar granite grape gravel green grotto guava guitar gull gutter haiku halibut
  hallway hammock hamster handbook handcart hangar harp harvest hatbox hawk hawthorn haystack hazelnut
  headlamp headline heater hedge helmet heron herring hexagon hibiscus hickory highland highway hillside
  hinge hippo hockey holiday holly honeydew hood horizon hotel hummus hurdle husky hydrant ibis iceberg
  icecap icicle iguana indigo inkpad inkwell inlet island ivy jacket jade jaguar jamboree january jar
  jasmine jersey jetty jigsaw jingle journey juice jukebox july jumper junction juniper jupiter kale
  kangaroo kayak kelp kestrel kettle keyboard kiln kimono kingfish kiosk kitchen kite kiwi knapsack koala
  kumquat labrador lace ladder ladle ladybird lagoon lakeside lamp landmark language lantern lapel laptop
  lapwing lark latch lattice laurel lavender layer leaflet leapfrog ledger lemming lemon lemur lens leopard
  lettuce library lifeboat lighting lilac lily lime limpet linen lion loaf lobby lobster lodge loft logbook
  lollipop loom lotus lounge lunch lupin lyric macaroni macaw mackerel magazine magenta magic magnet
  magnolia magpie mahogany mailbox mallard mammoth manatee mandarin mandolin mango mangrove manor mansion
  map maraca marathon marble march margin marigold marimba marina marjoram marmot maroon marquee marvel
  mascot meadow meerkat melody meridian meteor midday milk millet minibus mint minuet mitten mixer monday
  monitor moonbeam moorland moped mosaic moss moth mouse movie mug mulberry museum mushroom music mustang
  napkin narwhal nature nautilus nebula nectar neptune newt nimbus noodle noon north notebook notepad novel
  november nutmeg nutshell nylon oak oasis oatmeal oboe ocean ocelot octagon octave october octopus olive
  onion onyx opal opera orange orbit orchard orchid oregano oriole ornament osprey ostrich otter outfield
  oven overcoat oyster package padlock paintbox painting palace palm pancake panda panorama panther pantry
  papaya paper paprika parade parasol parcel parka parrot parsley parsnip pasta pastel pasture path patio
  pavement pavilion peach peanut pebble pecan pelican pencil pendant pendulum penguin peony pergola pewter
  pheasant phone piano piccolo pickle picnic picture pillar pillow pimento pinafore pine pinwheel pitcher
  plaid planet platform platinum platter plumage plume plywood podium polenta polka pollen polo poncho pond
  pontoon popcorn poplar porridge portrait postbox postcard poster pottery prairie prelude pretzel primrose
  printer printout puffin pulley puma pumpkin puppy purple puzzle pyramid quartet quilt quince raccoon radar
  radio radish raft railroad railway rainbow raincoat raindrop raisin rake rambler ranch rapeseed ravine
  ravioli recipe redwood reef reindeer rhino rhubarb ribbon ripple roadside robot rocket rodeo roller
  rooftop rooster rosebud rosemary rosette rowan rowboat ruby rucksack rudder rumba runabout runway saffron
  sage sailboat salad salmon salsa salt samba sandal sandbox sandpit sandwich sapphire sardine sari satchel
  saturday saturn saucepan saucer sawdust scallop scarf schooner scooter scroll seabird seafood seagull
  seahorse seaport seashell seaside seaweed sequoia sesame shamrock shed sheep shelf sherbet shield shirt
  shortcut shovel shower shrub shuttle sidewalk siesta signpost silkworm silver sketch ski skylark skylight
  skyline slipper sloop slope snail snapshot snorkel snowball snowdrop snowman soap soccer sock soda
  softball soil songbird soprano sorbet south souvenir soybean spaniel spanner spark sparrow spatula speaker
  spectrum sphere spice spinach spindle spiral splash sponge spool sprout spruce spyglass squirrel stadium
  stairway staple starfish starling steam stencil stereo stilt stingray stirrup stone stripe studio subway
  suitcase sultana summer sundial sunrise sunset sunshine swan sweater swift swing tabletop tadpole tandem
  tapestry tapioca tarragon tartan tassel taxi teacup teahouse teapot teaspoon tennis tent terrace terrier
  textile thermos thicket thimble thistle thread thursday tidepool tiger tile timber tin toast toboggan
  tomato toolbox topaz torch tortoise toucan tower town tractor trail tram trapeze treasure treetop trellis
  triangle tricycle trident trio tripod trolley trombone trophy tropics trout trowel truffle trumpet tuesday
  tugboat tulip tumbler tuna tundra tunic turbine turmeric turnip turtle tweed tweezers twilight twine
  ukulele umbrella unicorn universe upland upstairs upstream usher valley vanilla velvet veranda viaduct
  video village vinegar vinyl viola violet violin waffle wagon wagtail wallaby walnut walrus waltz warbler
  wardrobe waterway wayside weaver weekend west wetland wharf wheat wigwam wildcat wildlife windmill window
  windsock winter wisteria wombat woodland woodlark woodpile workshop yard yarrow yearbook yodel yoga zebra
  zenith zephyr zeppelin zigzag zinc zinnia zircon zoo zucchini
`);
