package guichet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.List;

class AccessTest {

    @ParameterizedTest
    @EnumSource
    void aPrincipalReadsAndWritesWhatTheCatalogueSaysAndNothingElse(Principal principal) {
        for (Topic topic : Topics.all()) {
            assertThat(may(principal, AclOperation.READ, topic))
                    .isEqualTo(topic.readers().contains(principal));
            assertThat(may(principal, AclOperation.WRITE, topic))
                    .isEqualTo(topic.writers().contains(principal));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyMayDoAnythingToTheClusterNorChangeATopicOfTheCatalogue(Principal principal) {
        assertThat(Access.of(principal))
                .allSatisfy(
                        binding -> {
                            assertThat(binding.pattern().resourceType())
                                    .isIn(
                                            ResourceType.TOPIC,
                                            ResourceType.GROUP,
                                            ResourceType.TRANSACTIONAL_ID);
                            if (binding.pattern().patternType() == PatternType.LITERAL) {
                                assertThat(binding.entry().operation())
                                        .isIn(
                                                AclOperation.READ,
                                                AclOperation.WRITE,
                                                AclOperation.DESCRIBE);
                            }
                        });
    }

    @ParameterizedTest
    @EnumSource
    void whatAPrincipalOwnsCoversNoTopicOfTheCatalogueAndNobodyElsesOwn(Principal principal) {
        List<String> othersNames =
                Arrays.stream(Principal.values())
                        .filter(other -> other != principal)
                        .map(Principal::user)
                        .toList();

        assertThat(Access.of(principal))
                .filteredOn(binding -> binding.pattern().patternType() == PatternType.PREFIXED)
                .allSatisfy(
                        binding -> {
                            assertThat(Topics.all())
                                    .noneMatch(topic -> topic.name().startsWith(prefix(binding)));
                            assertThat(othersNames)
                                    .noneMatch(name -> name.startsWith(prefix(binding)));
                        });
    }

    private static String prefix(AclBinding binding) {
        return binding.pattern().name();
    }

    private static boolean may(Principal principal, AclOperation operation, Topic topic) {
        return Access.of(principal).stream()
                .filter(binding -> binding.entry().operation() == operation)
                .anyMatch(binding -> binding.pattern().name().equals(topic.name()));
    }
}
