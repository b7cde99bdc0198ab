"""Short forms of given names, as English and Slavic news use them."""

_GROUPS = (
    "alexander alex sasha sascha aleksandr aliaksandr oleksandr sandy alejandro iskander", "alexei alexey aleksei alyosha aliaksei oleksiy",
    "svetlana sviatlana sveta svitlana", "natalia natalya natasha nataliia natallia", "maria mary masha marie mariya", "michael mike mick mikhail mikhailo michel miguel misha mykhailo",
    "william bill will billy", "robert bob rob bobby", "james jim jimmy jamie", "john jack johnny ivan jan jean juan yan", "joseph joe joey josef jose yosef iosif",
    "richard rick dick rich ricky", "thomas tom tommy", "edward ed eddie ted", "charles charlie chuck carlos karl", "elizabeth liz beth betty lisa eliza yelizaveta",
    "margaret maggie meg peggy", "katherine kate katie kathy catherine katya ekaterina yekaterina kateryna", "anthony tony antonio anton", "daniel dan danny", "david dave davey",
    "matthew matt", "nicholas nick nikolai nikolay mikalai mykola nicolas kolya", "vladimir vova volodya uladzimir volodymyr wladimir", "dmitry dima dmitri dzmitry dmytro",
    "yuri yury iury jury", "andrew andy andrei andrey andrej andriy andrzej", "sergei sergey siarhei serhiy serge seryozha", "yevgeny evgeny zhenya evgeni yauhen yevhen eugene",
    "pavel paul pawel pavlo pablo", "peter pete pyotr petr piotr petro pedro", "gregory greg grigory hryhoriy", "stephen steven steve stepan stefan", "samuel sam", "benjamin ben benny",
    "christopher chris", "timothy tim", "kenneth ken", "ronald ron", "donald don", "gerald gerry jerry", "lawrence larry", "frederick fred freddy", "francis frank francisco", "philip phil",
    "patricia pat patty", "jennifer jen jenny", "susan sue suzie", "deborah deb debbie", "rebecca becky", "victoria vicky viktoria", "theodore ted teddy fyodor fedor teodor", "abraham abe", "albert al bert",
    "mohammed muhammad mohamed mohammad mohamad muhammed", "hussein husain hussain husayn", "ahmed ahmad", "abdullah abdallah", "yusuf yousef youssef joseph", "ibrahim abraham", "omar umar", "osama usama",
)  # fmt: skip

NICKNAMES: dict[str, frozenset[str]] = {}
for _group in _GROUPS:
    _names = frozenset(_group.split())
    for _name in _names:
        NICKNAMES[_name] = NICKNAMES.get(_name, frozenset()) | _names
