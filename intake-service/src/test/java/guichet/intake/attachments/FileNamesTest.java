package guichet.intake.attachments;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {

    @ParameterizedTest
    @CsvSource({
        "screen.png,                    screen.png",
        "Captura de tela às 10h.png,    Captura de tela às 10h.png",
        "../../etc/passwd,              passwd",
        "'..\\..\\windows\\win.ini',    win.ini",
        "C:\\fakepath\\screen.png,      screen.png",
        "/etc/ssh/ssh_host_key,         ssh_host_key",
        ".htaccess,                     htaccess",
        "report.pdf.,                   report.pdf",
        "😀.png,                        😀.png",
    })
    void showsTheLastPartOfWhatWasSent(String sent, String shown) {
        assertThat(shown(sent)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "../", "a/..", "/", "\\", "\0", "\u202e"})
    void givesANameToWhatHasNone(String sent) {
        assertThat(shown(sent)).isEqualTo("attachment-2.png");
    }

    @Test
    void leavesOutWhatIsNotSeen() {
        assertThat(shown("a\0b\r\nSet-Cookie: x\u001b.png")).isEqualTo("abSet-Cookie: x.png");
        assertThat(shown("photo\u202Egnp.exe")).isEqualTo("photognp.exe");
        assertThat(shown("half\uD83D.png")).isEqualTo("half.png");
    }

    @Test
    void shortensButKeepsTheEnding() {
        String shown = shown("😀".repeat(300) + ".png");

        assertThat(shown.codePointCount(0, shown.length())).isEqualTo(120);
        assertThat(shown).startsWith("😀").endsWith("….png");
    }

    @ParameterizedTest
    @CsvSource({
        "screen.png,   PNG,  screen.png",
        "PHOTO.JPEG,   JPEG, PHOTO.JPEG",
        "server.log,   TEXT, server.log",
        "steps.html,   TEXT, steps.html.txt",
        "fix.bat,      TEXT, fix.bat.txt",
        "photognp.exe, PNG,  photognp.exe.png",
        "README,       TEXT, README.txt",
    })
    void endsADownloadAsItsContentIs(String shown, ContentKind kind, String saved) {
        assertThat(FileNames.saved(shown, kind)).isEqualTo(saved);
    }

    private static String shown(String sent) {
        return FileNames.shown(sent, 2, ContentKind.PNG);
    }
}
