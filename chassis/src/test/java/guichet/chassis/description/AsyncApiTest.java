package guichet.chassis.description;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

class AsyncApiTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void isCommittedAsCatalogueAndSchemasHaveIt() {
        CommittedFile.inDocs("asyncapi.yaml").mustSay(AsyncApi.document());
    }

    @Test
    void givesSchemasThatWriteTheSameBytes() {
        var messages = JSON.valueToTree(AsyncApi.document()).at("/components/messages");

        for (Topic topic : Topics.all()) {
            for (var event : topic.events()) {
                String given =
                        messages.at("/%s/payload/schema".formatted(event.getSimpleName()))
                                .toString();
                assertThat(SchemaNormalization.toParsingForm(new Schema.Parser().parse(given)))
                        .isEqualTo(
                                SchemaNormalization.toParsingForm(
                                        SpecificData.get().getSchema(event)));
            }
        }
    }
}
