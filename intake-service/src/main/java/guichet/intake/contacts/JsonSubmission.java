package guichet.intake.contacts;

import static java.util.Objects.requireNonNull;

import guichet.chassis.forms.Form;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;

/** A JSON body, with nothing beside it. */
final class JsonSubmission implements Submission {

    private final InputStream body;
    private @Nullable Form form;

    JsonSubmission(InputStream body) {
        this.body = body;
    }

    @Override
    public Form form() throws IOException {
        Form read = Form.read(body);
        form = read;
        return read;
    }

    @Override
    public String fingerprint() {
        return requireNonNull(form, "not read yet").fingerprint();
    }

    @Override
    public void keep(UUID contactId) {}
}
