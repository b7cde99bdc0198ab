"""Which of he, she, it and they a mention can be: from pronouns, titles, nouns and given names."""

from collections.abc import Sequence

_PRONOUNS = {
    **dict.fromkeys(["he", "him", "his", "himself"], "m"),
    **dict.fromkeys(["she", "her", "hers", "herself"], "f"),
    **dict.fromkeys(["it", "its", "itself"], "n"),
    **dict.fromkeys(["they", "them", "their", "theirs", "themselves"], "p"),
}
_WOMEN = frozenset(
    (
        "mrs ms miss madam lady queen princess woman girl mother wife sister daughter aunt niece grandmother"
        " widow bride nun chairwoman spokeswoman congresswoman policewoman actress waitress heroine"
        " headmistress businesswoman housewife mary maria anna anne ann elizabeth margaret catherine katherine"
        " kathleen julia julie laura linda susan sarah sara jane joan jennifer jessica emily emma alice lucy"
        " helen elena helena olga irina natalia natalya natasha svetlana sviatlana tatiana tatyana ekaterina"
        " yekaterina galina ludmila lyudmila nina vera nadia nadezhda veronika oksana yulia ksenia daria"
        " marina larisa valentina alexandra sofia sophia sophie victoria angela monica patricia barbara nancy"
        " karen lisa donna carol ruth sharon michelle amanda melissa deborah stephanie rebecca rachel cynthia"
        " amy angelina diana diane virginia martha melania ivanka hillary nikki carly megyn elisa isabel"
        " isabella carmen rosa lucia teresa claudia gloria fatima aisha aicha leila layla maryam mariam zainab"
        " khadija amina nadine chantal francoise michele brigitte monique ingrid ursula petra greta astrid"
        " sigrid ada marta magda agnieszka ewa zofia jadwiga ilona zsofia agnes eva judith esther miriam lea"
        " hannah inès ines"
    ).split()
)
_MEN = frozenset(
    (
        "mr sir lord king prince man boy father husband son brother uncle nephew grandfather widower monk"
        " priest imam chairman spokesman congressman policeman fireman businessman serviceman gunman john"
        " james robert michael william david richard joseph thomas charles christopher daniel matthew anthony"
        " mark donald steven stephen paul andrew joshua kenneth kevin brian george edward ronald timothy jason"
        " jeffrey ryan jacob gary nicholas eric jonathan larry justin scott brandon benjamin samuel gregory"
        " frank alexander alexei alexey aleksandr raymond patrick jack dennis jerry peter henry walter arthur"
        " harold ted bernie barack bill hugo luis carlos juan jose pedro jorge miguel francisco antonio manuel"
        " rafael diego pablo javier fernando roberto mario ivan vladimir dmitry dmitri sergei sergey yuri"
        " viktor victor nikolai mikhail boris igor oleg pavel anatoly vitaly valery gennady konstantin leonid"
        " maxim maksim roman stanislav artem ilya kirill andrei andrey mohammed muhammad mohamed ahmed ali"
        " hassan hussein omar abdullah ibrahim mustafa khalid yusuf karim tariq samir jean pierre jacques"
        " philippe francois michel andre louis hans klaus karl heinz wolfgang jurgen dieter stefan otto fritz"
        " lars erik jan piotr andrzej jerzy marek tomasz adam janusz zoltan istvan laszlo ferenc gabor tomas"
        " jonas goran zoran dragan"
    ).split()
)
_SHE_ENDINGS = (
    "ova",
    "eva",
    "skaya",
    "skaia",
    "kaya",
    "ayeva",
    "ovna",
    "evna",
    "enkova",
    "ouskaya",
    "ouskaia",
)


def gender(forms: Sequence[str], *, pronoun: bool, person: bool) -> str:
    """m, f, n or p (several), "" where nothing tells; `forms` are the mention's words."""
    words = [form.lower() for form in forms]
    if pronoun:
        return _PRONOUNS.get(words[0], "")
    if not person:
        return ""
    for word in words:
        if word in _WOMEN:
            return "f"
        if word in _MEN:
            return "m"
    return "f" if len(words) > 1 and words[-1].endswith(_SHE_ENDINGS) else ""
