// Holds PDFs against standards by veraPDF's library: run by Rhino, which comes in the same jar, so
// that a Java without compiler is enough. Arguments: flavours and paths in turn (ua1 a.pdf 3a a.pdf).
// Prints one line of JSON, in ASCII, for each pair in its order: what holds, or `error`.
"use strict";

var validation = Packages.org.verapdf.pdfa.validation;
var Profiles = validation.profiles.Profiles;
var Flavour = Packages.org.verapdf.pdfa.flavours.PDFAFlavour;
var Specification = Flavour.Specification;
var FAILED = Packages.org.verapdf.pdfa.results.TestAssertion.Status.FAILED;
var MOST_TOLD = 100; // failures of one rule that are kept; the first of them is told

function profileName(flavour) {
  if (flavour === "ua1") return "PDFUA-1";
  if (flavour === "ua2") return "PDFUA-2-ISO32005";
  return "PDFA-" + flavour.toUpperCase();
}

function each(list, act) {
  for (var place = 0; place < list.getLength(); place++) act(list.item(place));
}

function child(element, name) {
  return element.getElementsByTagName(name).item(0);
}

function text(element, name) {
  var found = child(element, name);
  return found === null ? "" : found.getTextContent();
}

function attribute(element, name) {
  return element.hasAttribute(name) ? element.getAttribute(name) : null;
}

// The library reads its profiles by JAXB, which is not in the jar; the JDK's own reader is at hand.
function readProfile(flavour) {
  var path = "/org/verapdf/pdfa/validation/" + profileName(flavour) + ".xml";
  var stream = java.lang.Class.forName("org.verapdf.ReleaseDetails").getResourceAsStream(path);
  if (stream === null) throw new Error("veraPDF has no profile " + flavour);
  var reader = Packages.javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder();
  var root = reader.parse(stream).getDocumentElement();
  var elements = root.getElementsByTagName("rule");
  var rules = new java.util.HashSet();
  var variables = new java.util.HashSet();
  each(elements, function (element) { rules.add(readRule(element)); });
  each(root.getElementsByTagName("variable"), function (element) {
    variables.add(Profiles.variableFromValues(
      element.getAttribute("name"), element.getAttribute("object"),
      text(element, "defaultValue"), text(element, "value")));
  });
  if (rules.size() !== elements.getLength()) throw new Error("rules of " + flavour + " were lost");
  var details = Profiles.profileDetailsFromValues(flavour, flavour, "", new java.util.Date(0));
  return Profiles.profileFromValues(
    Flavour.valueOf(root.getAttribute("flavour")), details, "", rules, variables);
}

function readRule(element) {
  var id = child(element, "id");
  var error = child(element, "error");
  var told = new java.util.ArrayList();
  each(error.getElementsByTagName("argument"), function (argument) {
    told.add(validation.profiles.ErrorArgumentImpl.fromValues(
      argument.getTextContent(), attribute(argument, "name"), null));
  });
  var number = java.lang.Integer.valueOf(id.getAttribute("testNumber"));
  var deferred = attribute(element, "deferred");
  return Profiles.ruleFromValues(
    Profiles.ruleIdFromValues(
      Specification.valueOf(id.getAttribute("specification")), id.getAttribute("clause"), number),
    element.getAttribute("object"),
    deferred === null ? null : java.lang.Boolean.valueOf(deferred),
    element.getAttribute("tags"), text(element, "description"), text(element, "test"),
    Profiles.errorFromValues(text(error, "message"), told), new java.util.ArrayList());
}

function ruleName(id) {
  return id.getClause() + "-" + id.getTestNumber();
}

function hold(profile, path) {
  var foundry = Packages.org.verapdf.pdfa.Foundries.defaultInstance();
  var parser = foundry.createParser(new java.io.File(path), profile.getPDFAFlavour());
  try {
    var validator = validation.validators.ValidatorFactory.createValidator(
      profile, MOST_TOLD, false, true, false);
    return validator.validate(parser);
  } finally {
    parser.close();
  }
}

function failures(result) {
  var found = {};
  var names = [];
  var counts = {};
  for (var entry of Array.from(result.getFailedChecks().entrySet().toArray())) {
    counts[ruleName(entry.getKey())] = Number(entry.getValue());
  }
  for (var told of Array.from(result.getTestAssertions().toArray())) {
    var name = ruleName(told.getRuleId());
    if (told.getStatus() !== FAILED || name in found) continue;
    names.push(name);
    found[name] = {
      rule: name,
      count: counts[name],
      message: String(told.getErrorMessage() || told.getMessage()),
      context: String(told.getLocation().getContext()),
    };
  }
  return names.sort().map(function (name) { return found[name]; });
}

function report(profiles, flavour, path) {
  if (!(flavour in profiles)) profiles[flavour] = readProfile(flavour);
  var result = hold(profiles[flavour], path);
  return {
    passed: Boolean(result.isCompliant()),
    ended: String(result.getJobEndStatus()),
    rules: Number(profiles[flavour].getRules().size()),
    version: String(Packages.org.verapdf.ReleaseDetails.getInstance().getVersion()),
    failures: failures(result),
  };
}

function ascii(text) {
  return text.replace(/[^\x20-\x7e]/g, function (letter) {
    return "\\u" + ("000" + letter.charCodeAt(0).toString(16)).slice(-4);
  });
}

java.util.logging.LogManager.getLogManager().reset();
Packages.org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
var profiles = {};
for (var place = 0; place < arguments.length; place += 2) {
  var line;
  try {
    line = report(profiles, String(arguments[place]), String(arguments[place + 1]));
  } catch (error) {
    line = { error: String(error.message || error) };
  }
  print(ascii(JSON.stringify(line)));
}
