"""The words by which names are cut and typed: titles, and what bodies, places and events are called."""

from .lexicon import words

TITLES = words(
    """
    mr mr. mrs mrs. ms ms. dr dr. miss sir lord lady dame prof prof. professor president president-elect senator sen
    sen. sens. representative rep rep. reps. congressman congresswoman governor gov gov. mayor minister premier
    chancellor secretary judge justice attorney general gen gen. lt lt. colonel col col. major maj maj. captain capt
    capt. sergeant sgt sgt. admiral adm adm. commander officer detective inspector sheriff deputy chief king queen
    prince princess pope emperor sultan sheikh imam ayatollah mullah bishop archbishop cardinal father rev rev.
    reverend rabbi pastor chairman chairwoman chair director ceo coach manager speaker spokesman spokeswoman
    spokesperson ambassador commissioner administrator superintendent councillor councilman councilwoman alderman
    delegate leader candidate nominee analyst professor actor actress singer author host anchor journalist reporter
    correspondent editor columnist pollster strategist billionaire lawyer doctor engineer scientist activist vice
    ex-president vice-president undersecretary mp counsel hon. messrs. st. lieutenant private corporal agent whip
    secretary-general envoy
    """
)
ORG_HEADS = words(
    """
    ministry institute institution party university college school department agency committee commission council board
    bank corporation corp corp. company co co. inc inc. ltd ltd. llc plc group association society union federation
    foundation organization organisation league club team court police army navy force forces guard corps bureau office
    authority administration service services times post journal news press magazine herald tribune gazette telegraph
    network television tv radio media channel studios church airlines airways motors industries systems technologies
    hospital museum congress senate parliament assembly house cabinet government center centre alliance coalition front
    movement brigade brigades command campaign fund trust partnership academy laboratory lab labs observatory
    conference caucus pac exchange partners holdings international global brothers records entertainment pictures
    """
)
PLACE_HEADS = words(
    """
    city county state province island islands river lake sea ocean bay gulf coast mountain mountains mount valley
    peninsula park square street avenue road boulevard bridge airport station beach hill hills forest desert district
    region territory village town port harbor harbour base strait canal square tower towers plaza stadium arena hall
    palace castle cathedral temple mosque prison north south east west northern southern eastern western upper lower
    """
)
EVENT_HEADS = words(
    """
    war summit olympics games treaty cup championship championships festival day week revolution uprising election
    agreement accord accords act bill law amendment prize award awards conference series bowl massacre crisis attacks
    deal referendum tour debate convention open prix marathon anniversary mass christmas easter holocaust
    """
)
DATES = words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december jan. feb. mar. apr. aug. sept. sep. oct. nov. dec. i est edt gmt utc bst cet pst a.m. p.m.
    am pm
    """
)
