/**
 * Sure wordings, English and Spanish. Each pattern must match a whole clause in the spelling that `clausesOf` gives it:
 * lower case, without accents and punctuation, contractions written out ("do not", "i am").
 */
export type ClausePatterns = readonly RegExp[];

/** Words that may stand before or after a wording without changing it. */
const before =
  'hi|hey|hello|ok|okay|oh|well|um|so|and|just|please|pls|plz|kindly|sorry|thanks|thank you|sir|maam|again|look|listen|excuse me|' +
  'hola|por favor|porfavor|gracias|disculpe|disculpa|perdon|lo siento|oiga|oye|mire|y';
const after =
  'please|pls|plz|thanks|thank you|thx|ty|sorry|sir|maam|man|bro|dude|guys|lol|por favor|porfavor|gracias|muchas gracias|disculpe|perdon|lo siento';

function clause(core: string, { also = '', tail = '', rest = '' } = {}): RegExp {
  const start = also ? `${before}|${also}` : before;
  const end = tail ? `${after}|${tail}` : after;
  return new RegExp(`^(?:(?:${start}) )*(?:${core})(?: (?:${end}))*${rest}$`);
}

const messageNoun =
  '(?:texts?|messages?|msgs?|calls?|emails?|sms|spam|contact|texting|calling|messaging|anything|stuff|crap|shit)';
const contactVerb = '(?:text|message|msg|contact|call|email|write|write to)';
const contacting =
  '(?:texting|messaging|msging|contacting|calling|emailing|writing|spamming|bothering|harassing|bugging|disturbing|sending)';
const me = '(?:me|us|this (?:phone )?number|this phone|my (?:phone|number|cell|mobile|phone number))';
const determiners =
  '(?:(?:the|these|those|this|your|ur|any|all|all of|more|any more|further|such|fucking|damn) )*';
const list =
  '(?:(?:the|this|that|these|your|ur|yall|all|any|of|whatever) )*(?:(?:call|calling|text|texting|sms|mailing|marketing|contact|phone|email|stupid) )?' +
  '(?:lists?|database|system|contacts|records|files|campaign|service|texts|messages|thing)';
const forGood =
  '(?:again|any ?more|ever|ever again|at all|now|right now|immediately|already|asap|at once|from now on|today)';
/** "Do not call me now" puts off, it does not refuse: no "now" or "today" after these. */
const everAgain = '(?:again|any ?more|ever|ever again|at all|from now on|on this number|at this number)';

const stopBefore =
  'can you|can u|could you|could u|would you|will you|i want you to|i need you to|i am asking you to|you need to|you must|i said|i said to|' +
  'i told you|i told you to|told you|told you to|i already said|no|yes|yeah|no thanks|no thank you|not interested|i am not interested|wrong number|wrong person|who is this|who are you';

const stop = (core: string, tail: string = forGood) => clause(core, { also: stopBefore, tail });

/** A refusal that names its object may go on with a reason, a threat or an insult, but not with another way to write. */
const reason =
  '(?: (?:or|and|you|u|i|because|cause|before i|this is|it is|that is|o|porque|que|ya que)(?! .*\\b(?:text|email|message|write) (?:me|us)\\b)(?! (?:text|email|message|write)\\b) .*)?';
const stopAndWhy = (core: string, tail: string = forGood) =>
  clause(core, { also: stopBefore, tail, rest: reason });

export const stopClauses: ClausePatterns = [
  stop('stop(?: (?:it|this|that))?'),
  stop('unsubscribe|unsub|opt ?out|stop ?all|remove'),
  stop(`(?:stop|quit|cease) (?:with )?${determiners}(?:${messageNoun}|${contacting})`),
  stopAndWhy(
    `(?:stop|quit|cease) ${contacting}(?: to)? ${me}(?: ${determiners}${messageNoun}| these| this| that)?`,
  ),
  stop(`(?:stop|quit|cease) sending(?: ${determiners}${messageNoun}| these| this| that)?(?: to ${me})?`),
  stopAndWhy(`(?:stop|quit) ${contactVerb} ${me}`),
  stop(`(?:do not|never)(?: ever)? ${contactVerb}(?: or ${contactVerb})?`, everAgain),
  stopAndWhy(
    `(?:do not|never)(?: ever)? (?:${contactVerb} or )?${contactVerb} ${me}(?: or ${contactVerb}(?: ${me})?)?`,
    everAgain,
  ),
  stopAndWhy(`(?:do not|never)(?: ever)? (?:bother|spam|harass|bug|disturb) ${me}`, everAgain),
  stopAndWhy(
    `(?:do not|never)(?: ever)? send (?:me|us)(?: ${determiners}${messageNoun}| these| this| another text| another message)?`,
    everAgain,
  ),
  stopAndWhy(
    `(?:remove|delete|erase|unsubscribe|drop) ${me}(?: (?:from|off|out of|off of) (?:${list}|this|these|here))?`,
  ),
  stop(
    `(?:remove|delete|erase) my (?:name|info|information|contact|details|data)(?: (?:from|off|out of) ${list})?`,
  ),
  stop(`(?:take|get) (?:${me}|my name) off`),
  stopAndWhy(`(?:take|get) (?:${me}|my name) (?:off|off of|out of) (?:${list}|this|here)`),
  stop('lose (?:my|this) number'),
  stopAndWhy('leave (?:me|us) (?:alone|the (?:fuck|hell) alone)'),
  stop('go away|get lost|(?:fuck|piss|f|buzz) off'),
  stop(`opt (?:me|us) out(?: of ${list}| of ${determiners}${messageNoun})?`),
  stop(
    `(?:i (?:want|wish|need|would like|choose) to|i|let me|how (?:do|can) i) (?:unsubscribe|opt out|be removed)(?: (?:from|of) (?:${list}|${determiners}${messageNoun}|this|these))?`,
  ),
  stop(`how (?:do|can) i stop (?:getting |receiving )?${determiners}${messageNoun}`),
  stop(
    `(?:i |we )?(?:really )?(?:do not|no longer) (?:want|wish)(?: to)?(?: get| receive| have)? ${determiners}${messageNoun}(?: from (?:you|u))?`,
  ),
  stop(
    '(?:i |we )?(?:do not|no longer) (?:want|wish) to (?:be (?:contacted|called|texted|messaged|bothered)|hear from (?:you|u|yall|you guys|you people))',
  ),
  stop(`(?:i |we )?do not want you (?:to )?(?:${contactVerb}|${contacting}) (?:me|us)`),
  stop(`no more ${messageNoun}(?: (?:or|and) ${messageNoun})?(?: from (?:you|u))?`),
  stop(
    `(?:put|add|place) ${me} (?:on|to|in) (?:your|ur|the|a) (?:do not|no) (?:call|contact|text)(?: (?:list|registry))?`,
  ),
  stop(
    '(?:i am|we are|this number is|my number is) on the (?:national |federal )?do not call (?:list|registry)',
  ),
  // Spanish
  stop(
    'alto|pare|paren|parar|para ya|basta|ya basta|baja|detener|detenganse|cancelar|desuscribir|desuscribirme|ya no mas',
    'ya|ahora|todo',
  ),
  stopAndWhy(
    '(?:ya )?no (?:me|nos) (?:vuelvan? a )?(?:escrib(?:a|an|as|ir)|llam(?:e|en|es|ar)|contact(?:e|en|es|ar)|molest(?:e|en|es|ar)|texte(?:e|en|es|ar)|hable(?:n|s)?|busque(?:n|s)?)',
    'mas|nunca mas|ya|otra vez|de nuevo|jamas',
  ),
  stopAndWhy(
    '(?:ya )?no (?:me|nos) (?:vuelvan? a )?(?:mand(?:e|en|es|ar)|envi(?:e|en|es|ar))(?: (?:mas|estos|esos|sus|los|ningun|nada|mensajes?|textos?|correos?|publicidad))*',
    'mas|nunca mas|ya|otra vez',
  ),
  stop('no (?:manden?|envien?|mandar|enviar) (?:mas )?(?:mensajes|textos|nada)', 'mas|ya'),
  stop('no (?:molestar|contactar|llamar|escribir|textear)', 'mas|ya'),
  stopAndWhy(
    '(?:dejen?|deja|dejenme|dejeme|dejame|pare|paren) (?:ya )?de (?:escribir|llamar|mandar|enviar|molestar|contactar|textear)(?:me|nos)?(?: (?:mensajes|textos|cosas|esto))*',
    'ya|mas',
  ),
  stopAndWhy('(?:dejeme|dejenme|dejame) (?:en paz|tranquil[oa])', 'ya'),
  stop(
    '(?:quit|saqu|borr|elimin|remuev)(?:e|en|a|ar)?(?:me|nme|nos)?(?: mi (?:numero|nombre|telefono|contacto))?(?: (?:de|en) (?:(?:su|sus|la|las|tu|esta|esa|todas) )*(?:listas?|base de datos|sistema|contactos))',
    'ya',
  ),
  stop('(?:quit|saqu|borr|elimin|remuev)(?:e|en|a)(?: mi (?:numero|nombre|telefono|contacto))', 'ya'),
  stop('(?:borr|elimin|quit|saqu)(?:e|en|a)(?:me|nme)', 'ya'),
  stop(
    '(?:ya )?no (?:quiero|deseo) (?:recibir )?(?:mas |sus |estos |ningun |ninguna )*(?:mensajes?|textos?|llamadas?|correos?)(?: suyos| de ustedes)?',
    'mas|ya',
  ),
  stop(
    '(?:ya )?no (?:quiero|deseo) que (?:me|nos) (?:escriban?|llamen?|contacten?|molesten?|manden? (?:mas )?mensajes)',
    'mas|ya',
  ),
  stop(
    '(?:quiero|deseo) (?:darme de baja|cancelar la suscripcion|salir de la lista)|(?:den|de|da)me de baja',
    'ya',
  ),
];

/** "Do not call me, I am driving" puts off; it is not the same as "stop". */
export const putsOff =
  /\b(?:driving|at work|working|in a meeting|busy|asleep|sleeping|manejando|conduciendo|trabajando|en el trabajo|ocupad[oa]|durmiendo)\b/;
export const refusesForNow = /^(?:\w+ )*(?:do not|no me|no nos) /;

/** A refusal of calls only, and a clause that asks for texts instead: together they refuse one way and ask for another. */
export const refusesCalls = /^(?!.*\b(?:text|messag|sms|email|escrib|mensaj))(?=.*\b(?:call|llam))/;
export const asksForText =
  /^(?:(?:just|please|pls|only|but|you can|rather|instead|mejor|solo|por favor) )*(?:text|texting|message|email|write|escrib)/;

const wrongTarget = '(?:number|num|person|guy|lady|phone|phone number)';
const wrong = (core: string) =>
  clause(core, { also: 'yes|no|i think|i believe|i am afraid|looks like|it looks like|creo que|no creo|si' });

export const wrongNumberClauses: ClausePatterns = [
  wrong(
    `(?:you have|you got|you have got|u have|u got|you have reached|you reached|you called|you texted|this is|it is|that is|must be|have)? ?(?:the |a )?wrong ${wrongTarget}`,
  ),
  wrong('(?:you must have|you have) (?:reached |got |called |texted )?(?:the |a )?wrong (?:number|person)'),
  wrong(
    '(?:there is )?(?:no one|noone|nobody|no body)(?: lives)?(?: here)? (?:by|with|of|under)(?: that| this)? name(?: (?:here|lives here|at this number))?',
  ),
  wrong('(?:i |we )?(?:do not|never) know (?:anyone|anybody|any one) (?:by|with) that name'),
  wrong(
    '(?:this|that) is not (?:my name|the right (?:number|person|phone)|his (?:number|phone)|her (?:number|phone)|their (?:number|phone))(?: any ?more)?',
  ),
  wrong('not the right (?:number|person)'),
  wrong(
    '(?:he|she|they|that person) (?:do(?:es)? not|no longer) (?:lives? here|ha(?:s|ve) this (?:number|phone)|uses? this (?:number|phone))(?: any ?more)?',
  ),
  // Spanish
  wrong(
    '(?:(?:usted )?(?:tiene|tienes|marco|es|este es|esta|este) )?(?:el |un |al |la )?(?:numero|persona|telefono|contacto) (?:equivocad[oa]|incorrect[oa]|errone[oa])',
  ),
  wrong('(?:esta |estas |estan )?equivocad[oa]s?(?: de (?:numero|persona))?'),
  wrong(
    '(?:usted )?(?:se|te|os) (?:ha |han |has )?equivoc(?:o|aron|aste|ado|a)(?: (?:de|con el) (?:numero|persona|telefono))?',
  ),
  wrong(
    '(?:aqui )?no (?:hay nadie|vive nadie|conozco a nadie|conocemos a nadie)(?: aqui)?(?: que se llame asi| (?:con|de|por) ese nombre)',
  ),
  wrong('no soy (?:esa persona|la persona que busca|quien busca)'),
];

const agreeing = 'yes|yeah|yea|yep|yup|sure|si|claro|great|perfect|perfecto|cool|no problem|no worries|bueno';
const yes = (core: string, tail = '') => clause(core, { also: agreeing, tail });

export const yesClauses: ClausePatterns = [
  yes('yes|yeah|yea|yep|yup|y|yes sir|yes maam|yes i (?:am|do|would)|yes we (?:are|do|would)'),
  yes(
    'sure|sure thing|for sure|of course|absolutely|definitely|certainly|why not|go ahead|let us (?:do it|talk)|lets (?:do it|talk)',
  ),
  yes('(?:that |this |it )?(?:sounds|sound) (?:good|great|perfect|interesting)(?: to me)?'),
  yes('(?:i am|we are|i would be)? ?(?:(?:very|still|definitely|really|so|also) )*interested'),
  yes(
    '(?:(?:you can|you may|feel free to|go ahead and) )?(?:call|text|contact|phone) (?:me|us)',
    'back|now|right now|asap|any ?time|when you can|whenever you can',
  ),
  yes(
    '(?:i would like|i want|i would love) (?:to (?:talk|know more|learn more|hear more|proceed|schedule)|a call|that|it)',
  ),
  // Spanish
  yes('si|sip|sii+|claro(?: que si)?|por supuesto|desde luego|con gusto|encantad[oa]|dale|si senora?'),
  yes('me interesa(?: mucho)?|(?:estoy|sigo|estamos|seguimos) (?:muy )?interesad[oa]s?'),
  yes(
    '(?:llame|llama|llamen|escriba|escribe|contacte)(?:me|nme|nos)|(?:me )?puede[sn]? (?:llamar|llamarme)',
    'ahora|ya|cuando pueda|cuando quiera',
  ),
];

/** Said before a time or a way to be reached. */
export const explicitYes = /^(?:yes|yeah|yea|yep|yup|sure|si|claro)(?: (?:please|por favor))? /;

/** After a yes: when or how to reach the person. */
export const howClauses: ClausePatterns = [
  /^(?:(?:please|just|you can|or|and|around|por favor|y|o) )*(?:call|text|contact|phone|llame|llama|llamen|escriba)(?:me|nme)?\b/,
  /^(?:(?:i am|any|or|and|on|at|after|before|around|from|between|free|available|best|y|o|a|el|la|las|los|por|en|despues|antes|de|desde) )*(?:today|tomorrow|tonight|now|any ?time|time|afternoons?|mornings?|evenings?|weekends?|weekdays?|noon|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|\d{1,2}(?: ?\d\d)?(?: ?[ap] ?m)?|hoy|manana|tarde|lunes|martes|miercoles|jueves|viernes|sabado|domingo|cuando)\b/,
];

const no = (core: string, tail = '') => clause(core, { also: 'no|nope|nah|still|i said|already', tail });

/** A bare "no" may be the answer to anything, so nothing but courtesy may stand beside it. */
export const noClauses: ClausePatterns = [
  no('no|nope|nah|n|no sir|no maam|hard no|hell no|ya (?:le |les |te )?dije que no'),
];

/** A refusal that says what it refuses; a reason may follow it. */
export const plainNoClauses: ClausePatterns = [
  no('no (?:thanks?|thank you|thank u|thx|ty)(?: (?:you|so much|very much))?'),
  no(
    '(?:i am |we are )?(?:really )?not (?:at all )?(?:interested|for me)(?: in (?:this|that|it))?',
    'at all|any ?more|at this time',
  ),
  no('(?:i am |we are )?no longer interested|no interest|(?:i will |i )?pass'),
  no('(?:i |we )(?:do not|no longer) (?:want|need) (?:it|this|that|any|anything)'),
  no('no (?:i am |we are )?(?:good|fine|okay|all set)'),
  // Spanish
  no('no (?:muchas )?gracias'),
  no('(?:ya )?no (?:me|nos) interesa(?: nada)?|no (?:estoy|estamos) interesad[oa]s?'),
  no('no (?:quiero|necesito|queremos|necesitamos)(?: nada)?|no lo (?:necesito|quiero)'),
];

/** Takes a refusal partly back, or puts it off. */
export const reconsiders =
  /\b(?:but|however|maybe|later|next|call|text|yes|unless|until|if|pero|quizas?|tal vez|luego|despues|llam\w*|si)\b/;

export const courtesies: ClausePatterns = [
  clause(
    'ok|okay|k|no problem|no worries|great|perfect|cool|awesome|thanks|thank you|thank you so much|thx|hi|hello|hey|hi there|good (?:morning|afternoon|evening)|sorry|please|' +
      'have a (?:good|great|nice) (?:day|one|night|evening|weekend)|god bless|' +
      'hola|buen(?:os|as) (?:dias|tardes|noches)|gracias|muchas gracias|perfecto|bueno|por favor|disculpe|perdon|lo siento|bendiciones|igualmente',
  ),
];

/** How a question begins when its question mark was left out. */
export const questionClause = new RegExp(
  `^(?:(?:${before}|yes|no|yeah|si) )*(?:` +
    'who (?:is|are|was|gave|sent|do)|whom|what (?:is|are|was|time|does|do|did|kind|company|about|for|number|would|will)|which (?:one|company|number)|' +
    'when (?:is|are|can|do|does|will|would|did)|where (?:is|are|do|does|did|can)|why (?:are|is|do|does|did|am|was)|' +
    'how (?:much|many|long|soon|often|do|does|did|can|will|would|is)|can you (?:tell|send|explain|call|text)|do you (?:have|offer|work|know|take|do|guys|still)|' +
    'is (?:this|there|it) |are you|' +
    'quien (?:es|eres|son|habla|escribe|me)|que (?:es|quiere|quieren|venden|ofrecen|desea)|cual (?:es|seria)|cuanto|cuanta|cuando (?:es|puede|pueden|seria)|' +
    'donde (?:es|esta|estan|queda)|por que (?:me|no)|de (?:que|donde|parte)|como (?:consig|obtu|sab|funciona|se llama)' +
    ')',
);
