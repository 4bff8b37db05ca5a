package guichet.schemas.avro;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class RegisteredFormTest {

    @Test
    void forgetsHowJavaHoldsStringsAndNothingElse() {
        var schema =
                schema(
                        """
                        {"type":"record","name":"R","doc":"d","aliases":["Q"],"fields":[
                          {"name":"a","type":{"type":"string","avro.java.string":"String"}},
                          {"name":"b","type":["null",{"type":"string","avro.java.string":"String"}],"default":null},
                          {"name":"c","type":{"type":"map","values":"long","avro.java.string":"String"}},
                          {"name":"d","type":{"type":"string","avro.java.string":"String","logicalType":"uuid"}},
                          {"name":"e","type":{"type":"long","logicalType":"timestamp-millis"}},
                          {"name":"f","type":{"type":"array","items":{"type":"string","avro.java.string":"String"}},"default":[]}]}""");

        assertThat(RegisteredForm.of(schema))
                .hasToString(
                        schema(
                                        """
                                        {"type":"record","name":"R","doc":"d","aliases":["Q"],"fields":[
                                          {"name":"a","type":"string"},
                                          {"name":"b","type":["null","string"],"default":null},
                                          {"name":"c","type":{"type":"map","values":"long"}},
                                          {"name":"d","type":{"type":"string","logicalType":"uuid"}},
                                          {"name":"e","type":{"type":"long","logicalType":"timestamp-millis"}},
                                          {"name":"f","type":{"type":"array","items":"string"},"default":[]}]}""")
                                .toString());
    }

    private static Schema schema(String json) {
        return new Schema.Parser().parse(json);
    }
}
