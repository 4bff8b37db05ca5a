package guichet.policy;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The bytes of a policy and where they came from. */
record PolicyFile(String location, byte[] content) {

    private static final Set<String> BUNDLED = Set.of("support-page", "demo");
    private static final String FILE_SCHEME = "file:";
    private static final int VERSION_DIGITS = 12;

    /**
     * Fetches a policy.
     *
     * @throws InvalidPolicy if there is none at {@code location}
     */
    static PolicyFile open(String location) {
        try {
            if (BUNDLED.contains(location)) {
                return new PolicyFile(location, bundled(location + ".yaml"));
            }
            if (location.startsWith(FILE_SCHEME)) {
                return new PolicyFile(location, Files.readAllBytes(pathOf(location)));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw notFound(location, "it cannot be read (" + e + ")", "check the path");
        }
        throw notFound(
                location,
                "there is no such policy",
                "use support-page, demo, or the URI of a file, such as file:///etc/desk.yaml");
    }

    /**
     * Reads the content.
     *
     * @throws InvalidPolicy if it cannot be used, with all its faults
     */
    SupportPolicy read() {
        Faults faults = new Faults(location);
        List<Node> documents = compose(faults);
        List<Section> editions = new ArrayList<>();
        MessageDigest digest = sha256();
        editions.add(first(documents.getFirst(), faults, digest));
        for (Node later : documents.subList(1, documents.size())) {
            editions.add(Section.over(editions.getLast(), entry(later, faults)));
        }
        return new PolicyReader(editions, faults).read(version(digest));
    }

    /** The first document, over that of the policy that it says it is based on. */
    private Section first(Node document, Faults faults, MessageDigest digest) {
        digest.update(content);
        Entry root = entry(document, faults);
        Optional<Entry> basedOn =
                root.node() instanceof MappingNode
                        ? Section.of(root).takeOwn("based-on")
                        : Optional.empty();
        if (basedOn.isEmpty()) {
            return Section.of(root);
        }
        Optional<PolicyFile> base = basedOn.get().parsed(this::base, "write support-page or demo");
        if (base.isEmpty()) {
            throw faults.asException();
        }
        Faults inBase = faults.inBase(base.get().location());
        Node below = base.get().compose(inBase).getFirst();
        Section section = Section.over(base.get().first(below, inBase, digest), root);
        section.takeOwn("based-on");
        return section;
    }

    private Optional<PolicyFile> base(String name) {
        if (!BUNDLED.contains(name) || name.equals(location)) {
            return Optional.empty();
        }
        return Optional.of(open(name));
    }

    private static Entry entry(Node document, Faults faults) {
        return new Entry("the policy", Entry.lineOf(document), document, faults);
    }

    /** The documents of the file, at least one. */
    private List<Node> compose(Faults faults) {
        try {
            List<Node> documents = new ArrayList<>();
            new Yaml(new LoaderOptions())
                    .composeAll(new StringReader(text()))
                    .forEach(documents::add);
            if (!documents.isEmpty()) {
                return documents;
            }
            faults.add(1, "the file says nothing", "start from a copy of support-page.yaml");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            faults.add(line, "this is not YAML: " + e.getProblem(), "mend what stands there");
        } catch (YAMLException e) {
            faults.add(0, "this is not YAML: " + e.getMessage(), "mend the file");
        }
        throw faults.asException();
    }

    private String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    private static String version(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] bundled(String name) throws IOException {
        try (InputStream resource = PolicyFile.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IOException(name + " is missing beside " + PolicyFile.class.getName());
            }
            return resource.readAllBytes();
        }
    }

    private static Path pathOf(String location) {
        URI uri = URI.create(location);
        return uri.isOpaque() ? Path.of(uri.getSchemeSpecificPart()) : Path.of(uri);
    }

    private static InvalidPolicy notFound(String location, String problem, String remedy) {
        Faults faults = new Faults(location);
        faults.add(0, problem, remedy);
        return faults.asException();
    }
}
