package guichet.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Language;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a customer has heard over HTTP, all in one language. */
final class Heard {

    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    private final Language language;
    private final Set<String> texts = new HashSet<>();

    Heard(Language language) {
        this.language = language;
    }

    /** An answer of that status, and all that it says. */
    Intake.Response hear(Intake.Response response, int status) {
        assertThat(response.status()).as(response.text()).isEqualTo(status);
        assertThat(response.headers().getFirst("Content-Language"))
                .as(response.text())
                .isEqualTo(language.tag());
        for (String field : List.of("message", "title", "detail")) {
            hear(response.body().get(field));
        }
        hearEach(response.body().get("timeline"), "text");
        hearEach(response.body().get("errors"), "message");
        return response;
    }

    /** The answer to a request that is hardly HTTP. */
    void hear(String raw, int status) {
        assertThat(raw).startsWith("HTTP/1.1 " + status);
        assertThat(raw).containsIgnoringCase("\r\nContent-Language: " + language.tag() + "\r\n");
        texts.add(raw);
    }

    /**
     * Holds that every sentence of a bundle has been heard.
     *
     * @param keys those that are meant
     * @param part a regular expression of what may stand in the place of a {@code {0}}
     */
    void hasAll(String bundle, Predicate<String> keys, String part) {
        ResourceBundle words =
                ResourceBundle.getBundle(
                        bundle, language == Language.EN ? Locale.ROOT : language.locale());
        List<String> unheard = new ArrayList<>();
        for (String key : words.keySet()) {
            if (keys.test(key)) {
                Pattern sentence = sentence(words.getString(key), part);
                if (texts.stream().noneMatch(text -> sentence.matcher(text).find())) {
                    unheard.add(key);
                }
            }
        }
        assertThat(unheard).as("sentences of %s that nobody heard", bundle).isEmpty();
    }

    private void hear(JsonNode text) {
        if (text != null) {
            texts.add(text.stringValue());
        }
    }

    private void hearEach(JsonNode list, String field) {
        if (list != null) {
            list.forEach(entry -> hear(entry.get(field)));
        }
    }

    /** As {@link java.text.MessageFormat} reads it. */
    private static Pattern sentence(String pattern, String part) {
        StringBuilder sentence = new StringBuilder();
        int from = 0;
        var place = PLACE.matcher(pattern);
        while (place.find()) {
            sentence.append(quoted(pattern.substring(from, place.start()))).append(part);
            from = place.end();
        }
        return Pattern.compile(sentence.append(quoted(pattern.substring(from))).toString());
    }

    private static String quoted(String text) {
        return Pattern.quote(text.replace("'{'", "{").replace("'}'", "}").replace("''", "'"));
    }
}
