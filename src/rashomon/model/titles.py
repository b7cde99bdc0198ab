"""Words that stand before a name and are no part of it."""

TITLES = frozenset(
    (
        "mr mrs ms miss dr prof professor sir dame lord lady president minister premier prime vice deputy"
        " general gen colonel col major maj captain capt lieutenant lt sergeant sgt governor gov senator sen"
        " rep mayor judge justice chairman chairwoman chair commissioner commander director secretary"
        " ambassador king queen prince princess sheikh shaikh sheik haji hajji imam mullah ayatollah father"
        " pastor bishop archbishop cardinal rabbi comrade leader chancellor brigadier admiral marshal"
        " sheriff undersheriff trooper congressman congresswoman councilman councilwoman alderman"
        " inspector officer constable detective spokesman spokeswoman spokesperson former acting candidate"
        " coach nurse miner foreman principal superintendent chief physician attorney delegate engineer student"
        " emperor empress sultan sultana shah pope tsar tsarina czar caliph emir duke duchess earl count countess baron baroness knight abbot"
        " reverend rev brother sister citizen shri sri smt señor señora senhor senhora monsieur madame mme herr frau honourable hon"
        " analyst economist lawyer activist electrician driver worker teacher correspondent reporter lecturer"
    ).split()
)

# What tells a son from his father of the same name.
DESCENT = frozenset("jr sr junior senior ii iii iv".split())
