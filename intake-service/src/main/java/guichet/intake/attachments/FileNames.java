package guichet.intake.attachments;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What customers call their files, made fit to be shown and to be offered as the name of a
 * download. No path is ever made of it.
 */
final class FileNames {

    private static final int LONGEST = 120;
    private static final int LONGEST_ENDING = 12;

    private static final Pattern OUTER = Pattern.compile("^[\\s.]+|[\\s.]+$");

    private FileNames() {}

    /**
     * The last part of the path that was sent, without what is not seen (control characters, marks
     * that turn the direction of writing, halves of characters) and without dots and blanks at
     * either end; 120 characters at most, of which the ending is kept.
     *
     * @param number of the file in its ticket, from 1, for one that has no name left
     */
    static String shown(String sent, int number, ContentKind kind) {
        String last = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        String visible =
                last.codePoints()
                        .filter(FileNames::isVisible)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        String name = OUTER.matcher(visible).replaceAll("");
        return name.isEmpty()
                ? "attachment-%d.%s".formatted(number, kind.endings().getFirst())
                : shortened(name);
    }

    /**
     * What a download is called: the name that is shown, with an ending that opens the file as what
     * it is. A text that calls itself a program would run at a click.
     */
    static String saved(String shown, ContentKind kind) {
        String ending = shown.substring(shown.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return kind.endings().contains(ending) ? shown : shown + "." + kind.endings().getFirst();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    private static String shortened(String name) {
        int length = name.codePointCount(0, name.length());
        if (length <= LONGEST) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String ending =
                dot >= 0 && name.length() - dot <= LONGEST_ENDING ? name.substring(dot) : "";
        int kept = LONGEST - 1 - ending.codePointCount(0, ending.length());
        return name.substring(0, name.offsetByCodePoints(0, kept)) + "…" + ending;
    }
}
