package guichet.deploy.kubernetes;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The desk's chart, rendered by Helm itself. */
final class Chart {

    private static final Path FOLDER = Path.of("helm", "guichet");

    static final String RELEASE = "guichet";
    static final String NAMESPACE = "support";

    /** The values it is tried with. */
    enum Values {
        /** What must be given, and the defaults. */
        MINIMAL,
        /** Each switch on, each default changed. */
        EVERYTHING
    }

    private static final Map<Values, Manifests> RENDERED = new ConcurrentHashMap<>();
    private static Path folder = FOLDER;

    private Chart() {}

    static Path folder() {
        return folder;
    }

    /** Has another stand for it while something is done. */
    static void replaced(Path by, Runnable deed) {
        try {
            folder = by;
            RENDERED.clear();
            deed.run();
        } finally {
            folder = FOLDER;
            RENDERED.clear();
        }
    }

    /** Copies it. */
    static void copy(Path to) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(folder.relativize(file)));
            }
        }
    }

    static Manifests rendered(Values values) {
        return RENDERED.computeIfAbsent(values, it -> rendered(it, command -> command));
    }

    /**
     * @param more further values, as {@code helm template} takes them
     * @throws IllegalStateException with what Helm says where it refuses
     */
    static Manifests rendered(Values values, UnaryOperator<TemplateCommand> more) {
        TemplateCommand command =
                new Helm(folder)
                        .template()
                        .withName(RELEASE)
                        .withNamespace(NAMESPACE)
                        .withKubeVersion("1.30.0")
                        .withValuesFile(file("minimal.yaml"));
        if (values == Values.EVERYTHING) {
            command = command.withValuesFile(file("everything.yaml"));
        }
        return Manifests.read(more.apply(command).call());
    }

    static Path file(String name) {
        try {
            return Path.of(Chart.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
