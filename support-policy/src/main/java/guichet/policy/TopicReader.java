package guichet.policy;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the heading {@code topics}: what the desk helps with, and how best to ask (S1 to S6). */
final class TopicReader {

    private final Optional<Entry> heading;
    private final Map<String, TopicRule> topics = new LinkedHashMap<>();

    TopicReader(Section edition) {
        this.heading =
                edition.require(
                        "topics",
                        "[{row: S4, topics: [billing], scope: in scope, channel: web, advice:"
                                + " {en: ..., pt: ..., es: ...}}]");
    }

    /** By topic, in the order of the file. */
    Map<String, TopicRule> read() {
        heading.map(Entry::items).orElse(List.of()).forEach(item -> read(item.section()));
        return Collections.unmodifiableMap(topics);
    }

    private void read(Section rule) {
        Optional<String> row = rule.require("row", "S4").flatMap(Entry::text);
        List<Entry> names =
                rule.require("topics", "[billing, bug-report]").map(Entry::items).orElse(List.of());
        Optional<Scope> scope =
                rule.require("scope", "in scope")
                        .flatMap(
                                entry ->
                                        entry.parsed(
                                                Scope::parse,
                                                "write in scope, out of scope or retired"));
        Optional<Entry> channelEntry = rule.take("channel");
        Optional<Channel> channel = channelEntry.flatMap(entry -> entry.oneOf(Channel.class));
        Map<Language, String> advice =
                rule.require("advice", "{en: ..., pt: ..., es: ...}")
                        .map(entry -> entry.section().all(Language.class, Entry::text))
                        .orElse(Map.of());
        Optional<URI> see =
                rule.take("see")
                        .flatMap(
                                entry ->
                                        entry.parsed(
                                                TopicReader::address,
                                                "write an address that begins with https://"));
        rule.refuseOthers();
        if (scope.isEmpty() || row.isEmpty()) {
            return;
        }
        checkChannel(rule, scope.get(), channelEntry);
        TopicRule read =
                new TopicRule(
                        row.get(), scope.get(), channel.orElse(null), advice, see.orElse(null));
        names.forEach(name -> name.text().ifPresent(topic -> add(name, topic, read)));
    }

    private static void checkChannel(Section rule, Scope scope, Optional<Entry> channel) {
        if (scope == Scope.IN && channel.isEmpty()) {
            rule.require("channel", "web");
        }
        if (scope != Scope.IN && channel.isPresent()) {
            channel.get()
                    .refuse(
                            "no channel is best for what is " + scope.inWords(),
                            "leave 'channel' out, or make the topics in scope");
        }
    }

    private void add(Entry name, String topic, TopicRule rule) {
        if (topics.putIfAbsent(topic, rule) != null) {
            name.refuse("'" + topic + "' stands twice in 'topics'", "keep one of the two");
        }
    }

    private static Optional<URI> address(String text) {
        return Optional.of(URI.create(text))
                .filter(uri -> "https".equals(uri.getScheme()) && uri.getHost() != null);
    }
}
