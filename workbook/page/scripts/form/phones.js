// Parses phone numbers in a phone field: the twin of workbook/case/phones.py; a test compares both.
// No look-behind: an older Safari could not parse the whole script.
const phoneNumbers = (() => {
  const gap = "[ ./-]{0,3}", code = "(?:\\( ?[2-9](?!11)[0-9]{2} ?\\)|[2-9](?!11)[0-9]{2})";
  const free = "(?:\\( ?8(?:00|33|44|55|66|77|88) ?\\)|8(?:00|33|44|55|66|77|88))";
  const FORMS = [
    `(?:\\+?1${gap})?${code}${gap}[2-9][0-9]{2}${gap}[0-9]{4}`,
    `(?:\\+?1${gap})?${free}[ .-](?=[0-9-]*[A-Z])[A-Z2-9][A-Z0-9-]{6,}`,
    `\\+?1[ .-]${free}[ .-](?=[2-9]?-?[A-Za-z])[A-Za-z2-9][A-Za-z0-9-]{6,}`,
    `(?:\\+?1${gap})?${code}[ .-][2-9][0-9]{2}-[A-Z]{4}`,
  ].map((form) => new RegExp(form, "y"));
  const ABROAD = /(?:\+|011[ .-]?)[1-9](?:[ .-]?\(0\)|[ .()-]{0,2}[0-9]){6,17}/y;
  const LOCAL = /[2-9][0-9]{2}[ .-]?[0-9]{4}(?![0-9])/y, SHORT = /([2-9]11|988)(?![0-9A-Za-z.:/-])[^0-9]*$/y;
  const LEAD = /^ *(?:(?:call|dial|phone|tel|telephone|office|cell|mobile|home|work)\b[ .:]*)?/i;
  const ID = new RegExp("(?:^|[^A-Za-z])(?:(?:npi|mrn|ein|ssn|id|license|acct|account|ref|reference)"
    + "(?: ?(?:no|nr|num|number|line|is|to|at|#)(?![a-z]))?"
    + "|(?:member|policy|group|claim|case|order|tax|authorization) ?(?:no|nr|num|number|id|#)(?![a-z]))[ .:#=)]*\\(?$", "i");
  const machine = "(?:(?!(?:fair|hali|col|car|equi)fax)[a-z]*fax(?:es|ed|ing|no|nr|num|number|line|machine)?|fx|telecop(?:y|ier)"
    + "|(?:tele)?facs(?:imile)?|ttys?|tdds?|text ?(?:tele)?phone|teletype(?:writer)?|pagers?|pgr|beepers?)(?![a-z])";
  const voice = "(?:ph|phone|tel|telephone|voice|cell|mobile)(?![a-z])", joined = "\\.? ?(?:[/&+]|and|or) ?";
  const BOTH = new RegExp(`(^ *|[a-z] +|[^a-z0-9 ] *)(?:(?:${voice}|call)${joined}${machine}|${machine}${joined}${voice})`, "gi");
  const BEFORE = new RegExp(`(?:^|[^a-z])${machine}(?!.*[,;|/.)] *${voice})`
    + "|(?:^[0-9]?[ ,;|/(]*f|(?:^|[^a-z-])f ?[:.)])[ .:)]*\\(?$", "i");
  const OTHER = /.*(?:[0-9]{3}[ .-]?[0-9]{4}|[2-9]11)(?![0-9])/, LISTED = /^(?:[ ,/&(]|or|and)*$/i;
  const near = "(?:(?![0-9]{3})[^+,;/|])";
  const AFTER = new RegExp(`^(?:(?:|${near}*?(?![a-z])${near})${machine}(?:(?![)\\]]|(?:or|and)\\b)${near})*|[ ([:-]*f *)`
    + "(?:[)\\]]? *(?:$|[,;/|&]|(?:or|and)\\b)|[)\\]])"
    + `|^ *[,;|/] *${machine}(?: (?:number|no|line|only|machine|users?))?[ .)]*$`, "i");
  const EXTENSION = new RegExp("^[ ,;.(-]{0,3}(?:(?:and |then ){0,2}(press|choose|option|opt|select|dial)\\.? ?(?:option )?"
    + "|extension|extn|ext|ex|x|#)[ .:#]{0,2}([0-9]{1,7})(?![0-9]|[.:/-][0-9]|[A-Za-z])", "i");
  const PAUSED = /^ ?,[, ]{0,4}([0-9]{1,6}) *(?:$|[,;)])/;
  const KEYS = "22233344455566677778889999";
  const dialed = (number) => number.replaceAll("(0)", "").toUpperCase().replace(/[^0-9A-Z]/g, "")
    .replace(/[A-Z]/g, (sign) => KEYS[sign.charCodeAt(0) - 65]);
  const at = (form, words, place) => { form.lastIndex = place; return form.exec(words); };
  const ends = (words, end) => !/^(?:[0-9_@]|[-.][0-9]|[A-Za-z])/.test(words.slice(end)) || EXTENSION.test(words.slice(end));
  const withoutHours = (words, start, end) => {
    const groups = [...words.slice(start, end).matchAll(/[0-9]+/g)].map((g) => [g.index + start, g.index + start + g[0].length]);
    for (const [n, [first, last]] of groups.entries()) {
      const rest = words.slice(last);
      if (n > 1 && (last - first === 1 || (last === end && /^[A-Za-z:/%]/.test(rest) && !EXTENSION.test(rest)))) return groups[n - 1][1];
    }
    return end;
  };
  const match = (words, place) => {
    for (const form of FORMS) {
      const got = at(form, words, place);
      if (got && ends(words, place + got[0].length)) return place + got[0].length;
    }
    const got = at(ABROAD, words, place);
    if (!got || words.startsWith("+1", place)) return null;
    const end = withoutHours(words, place, place + got[0].length), count = dialed(words.slice(place, end)).length;
    return count >= 8 && count <= 18 && ends(words, end) ? end : null;
  };
  const begins = (words, place, end, last) => {
    const before = place ? words[place - 1] : " ";
    if (/[0-9A-Za-z+*_#=&@]/.test(before)) return false;
    if (place > 1 && /[ .()-]/.test(before) && /[0-9]/.test(words[place - 2])) {
      return last === place - 1 || (before === " " && /[.(+-]/.test(words.slice(place, end)));
    }
    return true;
  };
  const blanked = (words) => words.replace(BOTH, (all, lead) => lead + " ".repeat(all.length - lead.length));
  const isSilent = (words, last, place) => BEFORE.test(blanked(words.slice(Math.max(last - 1, 0), place).replace(OTHER, "")));
  const read = (words, start, end, silent = false) => {
    let ext = "", press = false, last = end, got = EXTENSION.exec(words.slice(end));
    if (got) [ext, press, last] = [got[2], !!got[1], end + got[0].length];
    else if ((got = PAUSED.exec(words.slice(end)))) [ext, press, last] = [got[1], true, end + got[0].indexOf(got[1]) + got[1].length];
    const [said] = AFTER.exec(blanked(words.slice(last))) ?? [];
    if (said != null) return [null, /[)\]]$/.test(said) ? last : last + said.length];
    if (silent || ID.test(words.slice(0, start))) return [null, last];
    let number = words.slice(start, end).replace(/ +/g, " "), keys = dialed(number);
    const plus = number[0] === "+" ? "+" : "";
    if (/[A-Za-z]/.test(number)) {
      keys = keys.slice(0, keys[0] === "1" ? 11 : 10);
      number = plus + [keys.slice(0, -10), keys.slice(-10, -7), keys.slice(-7, -4), keys.slice(-4)].filter(Boolean).join("-");
    }
    return [{ tel: `tel:${plus}${keys}${ext ? `;ext=${ext}` : ""}`, number, ext, press }, last];
  };
  const alone = (words) => {
    const start = LEAD.exec(words)[0].length;
    const short = at(SHORT, words, start);
    if (short && !AFTER.test(words.slice(start + 3))) return [{ tel: `tel:${short[1]}`, number: short[1], ext: "", press: false }];
    const got = at(LOCAL, words, start);
    if (!got) return [];
    const [made, last] = read(words, start, start + got[0].length);
    return made && !/[0-9]/.test(words.slice(last)) ? [made] : [];
  };
  return (text) => {
    const words = Array.from(text).slice(0, 500).map((sign) => (sign.length > 1 ? "?" : sign)).join("")
      .replace(/[\n\r\v\f\x85\u2028\u2029]/g, ";").replace(/[\u2010-\u2015\u2212]/g, "-")
      .replace(/[\t\xa0\u1680\u2000-\u200f\u202a-\u202f\u205f-\u2069\u3000\ufeff]/g, " ");
    const found = [];
    for (let place = 0, last = 0, silent = false; place < words.length;) {
      const end = match(words, place);
      if (end == null || !begins(words, place, end, last)) { place += 1; continue; }
      silent = isSilent(words, last, place) || (silent && LISTED.test(words.slice(last, place)));
      const [made, next] = read(words, place, end, silent);
      place = last = next;
      if (made && found.every((other) => other.tel !== made.tel)) found.push(made);
    }
    return found.length ? found : alone(words);
  };
})();
