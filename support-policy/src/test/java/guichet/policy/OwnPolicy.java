package guichet.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A policy file as an owner writes it. */
record OwnPolicy(Path folder) {

    /** The support page with other headings. */
    SupportPolicy overPage(String headings) {
        return load("based-on: support-page\n" + headings);
    }

    /** The faults of the support page with other headings; line 1 is {@code based-on}. */
    List<InvalidPolicy.Fault> faultsOverPage(String headings) {
        InvalidPolicy refusal = catchThrowableOfType(InvalidPolicy.class, () -> overPage(headings));
        assertThat(refusal).as("refused").isNotNull();
        return refusal.faults();
    }

    /** Holds the support page with other headings to one fault, on its line and with a remedy. */
    void refusesOverPage(String headings, int line, String problem) {
        assertThat(faultsOverPage(headings))
                .singleElement()
                .satisfies(
                        fault -> {
                            assertThat(fault.line()).isEqualTo(line);
                            assertThat(fault.problem()).contains(problem);
                            assertThat(fault.remedy()).isNotBlank();
                        });
    }

    SupportPolicy load(String content) {
        try {
            Path file = Files.writeString(folder.resolve("desk.yaml"), content);
            return SupportPolicy.load(file.toUri().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
