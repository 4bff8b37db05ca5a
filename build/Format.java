import com.google.googlejavaformat.java.Main;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds every Java file of the project to google-java-format's AOSP style: {@code check} names the
 * files that differ and fails, {@code apply} rewrites them. Runs on JDK 25, whatever runs Maven,
 * because a formatter reads only the syntax that its own JDK knows.
 */
class Format {
    public static void main(String[] args) throws Exception {
        boolean apply = args[0].equals("apply");
        Path root = Path.of(args[1]);
        List<String> call = new ArrayList<>(List.of("--aosp", "--skip-reflowing-long-strings"));
        call.addAll(apply ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
        call.add(root.resolve("build/Format.java").toString());
        for (Path sources : sources(root)) {
            try (var files = Files.walk(sources)) {
                files.map(Path::toString).filter(it -> it.endsWith(".java")).forEach(call::add);
            }
        }
        int result =
                new Main(
                                new PrintWriter(System.out, true),
                                new PrintWriter(System.err, true),
                                System.in)
                        .format(call.toArray(String[]::new));
        if (result != 0 && !apply) {
            System.err.println(
                    "The files above are not formatted. Mend them with: mvn -N validate"
                            + " -Dformat.mode=apply");
        }
        System.exit(result);
    }

    /** The source folder of each module; what a running desk keeps beside them is left alone. */
    private static List<Path> sources(Path root) throws IOException {
        try (var modules = Files.list(root)) {
            return modules.map(module -> module.resolve("src")).filter(Files::isDirectory).toList();
        }
    }
}
