package guichet.chassis.forms;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class FormProperties {

    private static final JsonMapper JSON = new JsonMapper();

    @Property
    void anyBytesAreReadOrRefusedAndNothingElse(@ForAll byte[] bytes) throws IOException {
        try {
            read(bytes);
        } catch (UnreadableBody | InvalidForm refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @Property
    void anyTextInAFieldIsReadOrNamedAsAFault(@ForAll String text) throws IOException {
        byte[] body = JSON.writeValueAsBytes(Map.of("email", text, "site", text, "name", text));

        try {
            read(body);
        } catch (InvalidForm invalid) {
            assertThat(invalid.faults())
                    .allSatisfy(fault -> assertThat(fault.field()).isIn("email", "site", "name"));
        }
    }

    @Property
    void everyFieldThatNobodyAskedForIsNamed(
            @ForAll @Size(min = 1, max = 5)
                    List<@AlphaChars @StringLength(min = 10, max = 20) String> names)
            throws IOException {
        Map<String, String> body = new LinkedHashMap<>();
        names.forEach(name -> body.put(name, "x"));

        try {
            read(JSON.writeValueAsBytes(body));
            throw new AssertionError("nothing was refused");
        } catch (InvalidForm invalid) {
            assertThat(invalid.faults())
                    .extracting(Fault::field)
                    .containsExactlyElementsOf(body.keySet());
        }
    }

    @Property
    void theFingerprintDoesNotDependOnTheOrderOfFields(
            @ForAll @Size(min = 2, max = 8) Map<@StringLength(max = 8) String, String> fields)
            throws IOException {
        List<String> names = new ArrayList<>(fields.keySet());
        Collections.reverse(names);
        Map<String, String> reversed = new LinkedHashMap<>();
        names.forEach(name -> reversed.put(name, fields.get(name)));

        assertThat(fingerprint(JSON.writeValueAsString(reversed)))
                .isEqualTo(fingerprint(JSON.writeValueAsString(fields)));
    }

    @Property
    void theFingerprintDependsOnEveryValue(@ForAll String one, @ForAll String other)
            throws IOException {
        boolean same =
                fingerprint(JSON.writeValueAsString(Map.of("a", one)))
                        .equals(fingerprint(JSON.writeValueAsString(Map.of("a", other))));

        assertThat(same).isEqualTo(utf8(one).equals(utf8(other)));
    }

    private static String utf8(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }

    private static String fingerprint(String json) throws IOException {
        return Form.read(new ByteArrayInputStream(json.getBytes(UTF_8))).fingerprint();
    }

    private static void read(byte[] bytes) throws IOException {
        Form form = Form.read(new ByteArrayInputStream(bytes));
        form.optional("email", EmailAddresses.address());
        form.optional("site", Sites.aliasOrUrl());
        form.optional("name", Texts.line(50));
        form.complete(form);
    }
}
