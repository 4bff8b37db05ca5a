import com.google.googlejavaformat.java.Main;

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
        try (var files = Files.walk(root)) {
            files.filter(Format::isSource).map(Path::toString).sorted().forEach(call::add);
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

    private static boolean isSource(Path file) {
        String path = file.toString().replace('\\', '/');
        return path.endsWith(".java")
                && (path.contains("/src/") || path.contains("/build/Format.java"))
                && !path.contains("/target/");
    }
}
