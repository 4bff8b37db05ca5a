package guichet.benchmarks.desk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.benchmarks.desk.Schedules.Answers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A thousand tickets that each come with a screenshot of 5 MB, all on their way at once, to a door
 * of 512 MiB of heap. One that is told to come later (429, 503) is sent again then.
 */
final class ConcurrentUploads {

    private static final int UPLOADS = 1_000;
    private static final int FILE_BYTES = 5 * 1024 * 1024;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** Used heap before and after a collection, in MB. */
    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)");

    private ConcurrentUploads() {}

    static void measure(Path folder, Figures figures) throws IOException, InterruptedException {
        figures.begin("(c) %,d uploads of 5 MB at once, 512 MiB of heap".formatted(UPLOADS));
        Path collections = folder.resolve("gc.log");
        Files.createDirectories(folder);
        try (IntakeRun run = IntakeRun.withDatabase(folder)) {
            IntakeRun.Door door = run.door("-Xlog:gc:file=" + collections);
            Once once = new Once();
            long began = System.nanoTime();
            try (HttpLoad load =
                    new HttpLoad(door.port(), UPLOADS, new Screenshots(run.tokens()))) {
                load.run(once);
            }
            double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
            figures.hold("taken", once.answers.created(), "", new Limit.AtLeast(UPLOADS));
            figures.tell("told to come later, and sent again", once.later, "");
            figures.hold("other answers", once.others(), "", new Limit.AtMost(0));
            figures.tell("until the last was taken", seconds, "s");
            figures.tell("MB a second", UPLOADS * (FILE_BYTES >> 20) / seconds, "");
            figures.tell("most heap used before a collection", most(collections, 1), "MB");
            figures.tell("most heap used after a collection", most(collections, 2), "MB");
            figures.tell("resident memory", door.jvm().residentBytes() >> 20, "MB");
            try (var kept = Files.walk(folder.resolve("attachments/staged"))) {
                figures.hold(
                        "files left that belong to no ticket",
                        kept.filter(Files::isRegularFile)
                                .filter(file -> !file.toString().endsWith(".lock"))
                                .count(),
                        "",
                        new Limit.AtMost(0));
            }
        }
    }

    private static long most(Path collections, int group) throws IOException {
        return COLLECTION
                .matcher(Files.readString(collections))
                .results()
                .map((MatchResult found) -> found.group(group))
                .mapToLong(Long::parseLong)
                .max()
                .orElse(0);
    }

    /** Each is sent at once, and again when it was told to come later. */
    private static final class Once implements HttpLoad.Schedule {

        private record Upload(long number, long due) {}

        private final Answers answers = new Answers();
        private final PriorityQueue<Upload> waiting =
                new PriorityQueue<>(Comparator.comparingLong(Upload::due));
        private int later;

        Once() {
            long now = System.nanoTime();
            for (int number = 0; number < UPLOADS; number++) {
                waiting.add(new Upload(number, now));
            }
        }

        @Override
        public OptionalLong next(long now) {
            Upload next = waiting.peek();
            return next == null ? OptionalLong.empty() : OptionalLong.of(next.due());
        }

        @Override
        public long take(long now) {
            return waiting.remove().number();
        }

        @Override
        public void answered(long number, int status, long now) {
            if (status == 429 || status == 503) {
                later++;
                waiting.add(new Upload(number, now + RETRY_AFTER.toNanos()));
            } else {
                answers.count(status);
            }
        }

        long others() {
            return answers.others();
        }
    }

    /** The same form for all, each with a key of its own. */
    private static final class Screenshots implements HttpLoad.Requests {

        private static final String BOUNDARY = "----a-form";

        private final List<String> tokens;
        private final ByteBuffer form;

        Screenshots(List<String> tokens) {
            this.tokens = tokens;
            byte[] start =
                    (field("impact", "HIGH")
                                    + field("language", "en")
                                    + field("description", "The editor shows a blank page.")
                                    + "--%s\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"screen.png\"\r\n\r\n"
                                            .formatted(BOUNDARY))
                            .getBytes(UTF_8);
            byte[] file = new byte[FILE_BYTES];
            new Random(1).nextBytes(file);
            byte[] png = "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR".getBytes(ISO_8859_1);
            System.arraycopy(png, 0, file, 0, png.length);
            byte[] end = "\r\n--%s--\r\n".formatted(BOUNDARY).getBytes(UTF_8);
            form =
                    ByteBuffer.allocateDirect(start.length + file.length + end.length)
                            .put(start)
                            .put(file)
                            .put(end)
                            .flip();
        }

        private static String field(String name, String value) {
            return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(BOUNDARY, name, value);
        }

        @Override
        public ByteBuffer[] request(long number) {
            String head =
                    "POST /api/tickets HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: upload-%d\r\nAuthorization: Bearer %s\r\nContent-Type: multipart/form-data; boundary=%s\r\nContent-Length: %d\r\n\r\n"
                            .formatted(
                                    number,
                                    tokens.get((int) (number % tokens.size())),
                                    BOUNDARY,
                                    form.remaining());
            return new ByteBuffer[] {ByteBuffer.wrap(head.getBytes(UTF_8)), form.duplicate()};
        }
    }
}
