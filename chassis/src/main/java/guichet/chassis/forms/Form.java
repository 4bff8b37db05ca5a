package guichet.chassis.forms;

import guichet.chassis.words.Sentence;
import guichet.policy.Language;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a request says, in its JSON body or its parameters, read field by field. Faults are
 * collected, not thrown, until {@link #complete}: the sender sees all of them at once. A value that
 * is returned beside a fault is a stand-in that {@code complete} keeps from being used.
 *
 * <p>A field that is null or blank counts as not sent. A field that nobody asked for is a fault;
 * the first 20 are named.
 */
public final class Form {

    private static final String LANGUAGE = "language";
    private static final int LONGEST_NAME = 100;
    private static final int MOST_UNKNOWN = 20;

    private final ObjectNode body;
    private final boolean listsRepeatTheirName;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<Fault> faults = new ArrayList<>();

    private Form(ObjectNode body, boolean listsRepeatTheirName) {
        this.body = body;
        this.listsRepeatTheirName = listsRepeatTheirName;
    }

    /**
     * Takes a body in.
     *
     * @throws UnreadableBody where it is missing or no JSON object
     * @throws TooLargeBody where it is larger than 512 KiB
     * @throws IOException where the sender went away
     */
    public static Form read(InputStream body) throws IOException {
        return new Form(JsonObject.read(body), false);
    }

    /**
     * Takes a body in that may be missing.
     *
     * @throws UnreadableBody where it is no JSON object
     * @throws TooLargeBody where it is larger than 512 KiB
     * @throws IOException where the sender went away
     */
    public static Form readIfSent(InputStream body) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(body);
        int first = bytes.read();
        if (first < 0) {
            return of(Map.of());
        }
        bytes.unread(first);
        return read(bytes);
    }

    /** Takes the parameters of a query in. */
    public static Form of(Map<String, String> parameters) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        parameters.forEach(fields::put);
        return new Form(fields, false);
    }

    /** Takes the fields of an HTML form in; there a list is a field that is sent several times. */
    public static Form ofFields(Map<String, List<String>> sent) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        sent.forEach(
                (name, values) -> {
                    if (values.size() == 1) {
                        fields.put(name, values.getFirst());
                    } else {
                        values.forEach(fields.putArray(name)::add);
                    }
                });
        return new Form(fields, true);
    }

    /** What the field's text stands for; null where it was not sent. */
    public <T> @Nullable T optional(String name, Reading<T> reading) {
        known.add(name);
        return value(name, body.get(name), reading);
    }

    /** What the field's text stands for; a field that was not sent is a fault. */
    public <T> T required(String name, T standIn, Reading<T> reading) {
        return required(name, null, standIn, reading);
    }

    /**
     * What the field's text says; where it was not sent, what is known from elsewhere; where that
     * is nothing either, a fault.
     */
    public String requiredText(
            String name, @Nullable String knownOtherwise, Reading<String> reading) {
        return required(name, knownOtherwise, "", reading);
    }

    private <T> T required(String name, @Nullable T knownOtherwise, T standIn, Reading<T> reading) {
        int before = faults.size();
        T value = optional(name, reading);
        if (value != null) {
            return value;
        }
        if (faults.size() > before) {
            return standIn;
        }
        if (knownOtherwise == null) {
            fault(name, FormWords.sentence("required"));
            return standIn;
        }
        return knownOtherwise;
    }

    /** What the texts of a list stand for; empty where it was not sent. */
    public <T> List<T> list(String name, int atMost, Reading<T> reading) {
        known.add(name);
        JsonNode node = body.get(name);
        if (node == null || node.isNull()) {
            return List.of();
        }
        if (node.isString() && listsRepeatTheirName) {
            node = JsonNodeFactory.instance.arrayNode().add(node);
        }
        if (!node.isArray()) {
            fault(name, FormWords.sentence("list", kind(node)));
            return List.of();
        }
        if (node.size() > atMost) {
            fault(name, FormWords.sentence("list.long", atMost, node.size()));
            return List.of();
        }
        List<T> values = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            String place = "%s[%d]".formatted(name, i);
            int before = faults.size();
            T value = value(place, node.get(i), reading);
            if (value != null) {
                values.add(value);
            } else if (faults.size() == before) {
                fault(place, FormWords.sentence("blank"));
            }
        }
        return values;
    }

    /** What the texts of a list stand for; one without an entry is a fault. */
    public <T> List<T> requiredList(String name, int atMost, Reading<T> reading) {
        int before = faults.size();
        List<T> values = list(name, atMost, reading);
        if (values.isEmpty() && faults.size() == before) {
            fault(name, FormWords.sentence("list.empty"));
        }
        return values;
    }

    /** Whole numbers from 0 on, by the names of an enum; empty where it was not sent. */
    public <E extends Enum<E>> Map<E, Integer> counts(String name, Class<E> names, int atMost) {
        known.add(name);
        JsonNode node = body.get(name);
        if (node == null || node.isNull()) {
            return Map.of();
        }
        Map<E, Integer> counts = new EnumMap<>(names);
        if (!node.isObject()) {
            fault(name, FormWords.sentence("object", kind(node)));
            return counts;
        }
        Reading<E> reading = Texts.oneOf(names);
        node.forEachEntry(
                (entry, count) -> {
                    String place = "%s.%s".formatted(name, shortened(entry));
                    if (!count.isIntegralNumber()
                            || !count.canConvertToInt()
                            || count.intValue() < 0
                            || count.intValue() > atMost) {
                        fault(place, FormWords.sentence("number", 0, atMost));
                    }
                    try {
                        if (counts.put(reading.read(entry), count.asInt(0)) != null) {
                            fault(place, FormWords.sentence("twice"));
                        }
                    } catch (FaultyText e) {
                        fault(place, FormWords.sentence("name", e.sentence()));
                    }
                });
        return counts;
    }

    /** Notes a fault of something that stands outside the body, such as a header. */
    public void fault(String name, Sentence message) {
        faults.add(new Fault(name, message));
    }

    /**
     * The language of ours that the sender declares; empty where that is none, or where nobody
     * asked this form for a language.
     */
    public Optional<Language> language() {
        return Optional.ofNullable(known.contains(LANGUAGE) ? body.get(LANGUAGE) : null)
                .filter(JsonNode::isString)
                .flatMap(declared -> Language.ofTag(declared.stringValue()));
    }

    /**
     * Gives out what was read.
     *
     * @throws InvalidForm where anything was wrong
     */
    public <R> R complete(R read) {
        body.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .limit(MOST_UNKNOWN)
                .map(Form::shortened)
                .forEach(
                        name ->
                                fault(
                                        name,
                                        FormWords.sentence("unknown", String.join(", ", known))));
        if (!faults.isEmpty()) {
            throw new InvalidForm(faults, language());
        }
        return read;
    }

    /** A digest that is the same for the same body, whatever the order of its fields. */
    public String fingerprint() {
        return JsonObject.fingerprint(body);
    }

    private <T> @Nullable T value(String name, @Nullable JsonNode node, Reading<T> reading) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isString()) {
            fault(name, FormWords.sentence("text", kind(node)));
            return null;
        }
        String text = node.stringValue().strip();
        if (text.isEmpty()) {
            return null;
        }
        try {
            return reading.read(text);
        } catch (FaultyText e) {
            fault(name, e.sentence());
            return null;
        }
    }

    private static Sentence kind(JsonNode node) {
        return FormWords.sentence("kind." + node.getNodeType());
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }
}
