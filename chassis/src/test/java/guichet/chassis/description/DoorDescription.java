package guichet.chassis.description;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The OpenAPI description of a door: which endpoints, parameters and answers there are comes from
 * the controllers; what they mean, and what controllers read and say by hand, is written by hand.
 */
public final class DoorDescription {

    private static final String SCHEMAS = "#/components/schemas/";

    private final Map<String, Object> document;

    private DoorDescription(Map<String, Object> document) {
        this.document = document;
    }

    /**
     * Puts both together.
     *
     * @param found what springdoc found in the controllers, as JSON
     * @param written an OpenAPI document in YAML; of schemas that were found it says only what is
     *     to be added
     * @throws AssertionError where the two have different endpoints, path parameters or headers
     */
    public static DoorDescription of(byte[] found, InputStream written) {
        DoorDescription inControllers =
                new DoorDescription(map(yaml().load(new String(found, UTF_8))));
        inControllers.paths().keySet().removeIf(path -> !path.startsWith("/api/"));
        DoorDescription description = new DoorDescription(map(yaml().load(written)));
        Map<String, Object> document = description.document;
        assertThat(description.headersAndPathParameters())
                .as("endpoints, path parameters and headers that are described by hand")
                .isEqualTo(inControllers.headersAndPathParameters());
        document.put("paths", new TreeMap<>(description.paths()));
        Map<String, Object> components = map(document.get("components"));
        components.put(
                "schemas",
                merged(
                        map(map(inControllers.document.get("components")).get("schemas")),
                        map(components.get("schemas"))));
        description.keepOnlySchemasThatAreUsed();
        return description;
    }

    /** The whole of it. */
    public Map<String, Object> document() {
        return document;
    }

    /** Every endpoint. */
    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        paths().forEach(
                        (path, methods) ->
                                map(methods)
                                        .forEach(
                                                (method, spec) ->
                                                        operations.add(
                                                                new Operation(
                                                                        method.toUpperCase(
                                                                                Locale.ROOT),
                                                                        path,
                                                                        map(spec)))));
        return operations;
    }

    /** The endpoint of that method and path. */
    public Operation operation(String method, String path) {
        return operations().stream()
                .filter(it -> it.method().equals(method) && it.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    /** What a reference of this document stands for; anything else is what it is. */
    public Map<String, Object> resolve(Object node) {
        Map<String, Object> target = map(node);
        while (target.get("$ref") instanceof String reference) {
            Object place = document;
            for (String step : reference.substring("#/".length()).split("/")) {
                place = map(place).get(step);
            }
            assertThat(place).as(reference).isNotNull();
            target = map(place);
        }
        return target;
    }

    /** One endpoint, and questions about it. */
    public final class Operation {

        private final String method;
        private final String path;
        private final Map<String, Object> spec;

        private Operation(String method, String path, Map<String, Object> spec) {
            this.method = method;
            this.path = path;
            this.spec = spec;
        }

        public String method() {
            return method;
        }

        public String path() {
            return path;
        }

        /** The scopes of which a token needs one; empty where none is needed. */
        public List<String> scopes() {
            return listed(spec.get("security")).stream()
                    .flatMap(way -> map(way).values().stream())
                    .flatMap(scopes -> listed(scopes).stream())
                    .map(String.class::cast)
                    .toList();
        }

        /** Whether a caller without a token is let in. */
        public boolean isOpen() {
            return listed(spec.get("security")).stream().anyMatch(way -> map(way).isEmpty());
        }

        /** What a JSON body must be like; empty where none is taken. */
        public Optional<Map<String, Object>> body() {
            return json().map(content -> resolve(content.get("schema")));
        }

        /** The bodies that are given as examples. */
        public List<Object> examples() {
            return json().map(content -> map(content.get("examples")))
                    .map(Map::values)
                    .map(
                            examples ->
                                    examples.stream()
                                            .map(example -> map(example).get("value"))
                                            .toList())
                    .orElse(List.of());
        }

        /** Parameters that stand in a place, path, query or header, by name. */
        public Map<String, Map<String, Object>> parameters(String place) {
            Map<String, Map<String, Object>> named = new LinkedHashMap<>();
            listed(spec.get("parameters")).stream()
                    .map(DoorDescription.this::resolve)
                    .filter(parameter -> place.equals(parameter.get("in")))
                    .forEach(parameter -> named.put((String) parameter.get("name"), parameter));
            return named;
        }

        /** The statuses it answers with. */
        public Set<Integer> statuses() {
            Set<Integer> statuses = new TreeSet<>();
            map(spec.get("responses")).keySet().forEach(it -> statuses.add(Integer.valueOf(it)));
            return statuses;
        }

        /** The status of an answer that went well: the lowest. */
        public int welcome() {
            return statuses().iterator().next();
        }

        /** What an answer of that status is like. */
        public Map<String, Object> answer(int status) {
            Object answer = map(spec.get("responses")).get(Integer.toString(status));
            assertThat(answer).as("%s, status %d, is described", this, status).isNotNull();
            return resolve(answer);
        }

        private Optional<Map<String, Object>> json() {
            return Optional.ofNullable(spec.get("requestBody"))
                    .map(body -> map(body).get("content"))
                    .map(content -> map(content).get("application/json"))
                    .map(DoorDescription::map);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** By endpoint; parameters of a query are often read by hand. */
    private Map<String, Set<String>> headersAndPathParameters() {
        Map<String, Set<String>> names = new TreeMap<>();
        for (Operation operation : operations()) {
            Set<String> ofThis = new TreeSet<>(operation.parameters("path").keySet());
            ofThis.addAll(operation.parameters("header").keySet());
            names.put(operation.toString(), ofThis);
        }
        return names;
    }

    private Map<String, Object> paths() {
        return map(document.get("paths"));
    }

    private static Map<String, Object> merged(
            Map<String, Object> found, Map<String, Object> written) {
        Map<String, Object> both = new TreeMap<>(found);
        written.forEach(
                (name, value) ->
                        both.merge(
                                name,
                                value,
                                (old, more) ->
                                        old instanceof Map && more instanceof Map
                                                ? merged(map(old), map(more))
                                                : more));
        return both;
    }

    private void keepOnlySchemasThatAreUsed() {
        Map<String, Object> components = map(document.get("components"));
        Map<String, Object> schemas = map(components.get("schemas"));
        Set<String> used = new TreeSet<>();
        Deque<Object> toLookAt = new ArrayDeque<>();
        toLookAt.add(document.get("paths"));
        components.forEach(
                (kind, them) -> {
                    if (!kind.equals("schemas")) {
                        toLookAt.add(them);
                    }
                });
        while (!toLookAt.isEmpty()) {
            switch (toLookAt.pop()) {
                case Map<?, ?> node -> {
                    if (node.get("$ref") instanceof String reference
                            && reference.startsWith(SCHEMAS)) {
                        String name = reference.substring(SCHEMAS.length());
                        assertThat(schemas).containsKey(name);
                        if (used.add(name)) {
                            toLookAt.add(schemas.get(name));
                        }
                    }
                    node.values().stream().filter(Objects::nonNull).forEach(toLookAt::add);
                }
                case List<?> nodes ->
                        nodes.stream().filter(Objects::nonNull).forEach(toLookAt::add);
                default -> {}
            }
        }
        Map<String, Object> kept = new TreeMap<>(schemas);
        kept.keySet().retainAll(used);
        components.put("schemas", kept);
    }

    private static Yaml yaml() {
        return new Yaml(new SafeConstructor(new LoaderOptions()));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object node) {
        return node == null ? new LinkedHashMap<>() : (Map<String, Object>) node;
    }

    @SuppressWarnings("unchecked")
    static List<Object> listed(Object node) {
        return node == null ? List.of() : (List<Object>) node;
    }
}
