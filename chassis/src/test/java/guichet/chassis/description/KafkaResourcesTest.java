package guichet.chassis.description;

import org.junit.jupiter.api.Test;

/** What stands in {@code deploy/kafka} is what the catalogue says. */
class KafkaResourcesTest {

    private static final int USUAL_PARTITIONS = 24;
    private static final short USUAL_REPLICATION = 3;

    @Test
    void topicsAreCommittedAsTheCatalogueHasThem() {
        CommittedFile.inDeployKafka("topics.yaml")
                .mustSay(StrimziResources.topics(USUAL_PARTITIONS, USUAL_REPLICATION));
    }

    @Test
    void usersAndTheirAccessAreCommittedAsTheCatalogueHasThem() {
        CommittedFile.inDeployKafka("users.yaml").mustSay(StrimziResources.users());
    }

    @Test
    void theSameAccessIsCommittedForKafkasOwnTools() {
        CommittedFile.inDeployKafka("acls.sh").mustRun(AclScript.commands());
    }
}
