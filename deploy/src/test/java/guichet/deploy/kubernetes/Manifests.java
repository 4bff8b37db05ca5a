package guichet.deploy.kubernetes;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Resources for a cluster.
 *
 * @param text as Helm wrote them
 * @param resources each as the {@link Models model} of its kind
 */
record Manifests(String text, List<Object> resources) {

    static Manifests read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Iterable<Object> documents = new Yaml(new SafeConstructor(options)).loadAll(text);
        return new Manifests(
                text,
                StreamSupport.stream(documents.spliterator(), false)
                        .filter(Map.class::isInstance)
                        .map(document -> Models.read((Map<?, ?>) document))
                        .toList());
    }

    <T> List<T> all(Class<T> kind) {
        return resources.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The one of that kind and name. */
    <T> T named(Class<T> kind, String name) {
        return all(kind).stream()
                .filter(resource -> Models.name(resource).equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("no %s %s".formatted(kind.getSimpleName(), name)));
    }
}
