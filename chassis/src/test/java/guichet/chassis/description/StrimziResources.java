package guichet.chassis.description;

import guichet.schemas.Access;
import guichet.schemas.Principal;
import guichet.schemas.TopicCreation;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The catalogue as resources of Strimzi, whose operators create topics, users and access by it. */
final class StrimziResources {

    private static final String API = "kafka.strimzi.io/v1";

    private StrimziResources() {}

    static List<Map<String, Object>> topics(int deskPartitions, short replication) {
        return TopicCreation.wanted(deskPartitions, replication).stream()
                .sorted(Comparator.comparing(NewTopic::name))
                .map(StrimziResources::topic)
                .toList();
    }

    static List<Map<String, Object>> users() {
        return Arrays.stream(Principal.values()).map(StrimziResources::user).toList();
    }

    private static Map<String, Object> topic(NewTopic topic) {
        return resource(
                "KafkaTopic",
                topic.name(),
                ordered(
                        "partitions",
                        topic.numPartitions(),
                        "replicas",
                        (int) topic.replicationFactor(),
                        "config",
                        new TreeMap<>(topic.configs())));
    }

    private static Map<String, Object> user(Principal principal) {
        Map<ResourcePattern, List<AclOperation>> access =
                Access.of(principal).stream()
                        .collect(
                                Collectors.groupingBy(
                                        AclBinding::pattern,
                                        LinkedHashMap::new,
                                        Collectors.mapping(
                                                binding -> binding.entry().operation(),
                                                Collectors.toList())));
        List<Map<String, Object>> acls =
                access.entrySet().stream()
                        .sorted(Comparator.comparing(entry -> entry.getKey().name()))
                        .map(entry -> acl(entry.getKey(), entry.getValue()))
                        .toList();
        return resource(
                "KafkaUser",
                principal.user(),
                ordered(
                        "authentication", Map.of("type", "scram-sha-512"),
                        "authorization", ordered("type", "simple", "acls", acls)));
    }

    private static Map<String, Object> acl(ResourcePattern pattern, List<AclOperation> operations) {
        return ordered(
                "resource",
                ordered(
                        "type", kind(pattern.resourceType()),
                        "name", pattern.name(),
                        "patternType",
                                pattern.patternType() == PatternType.PREFIXED
                                        ? "prefix"
                                        : "literal"),
                "operations",
                operations.stream().sorted().map(StrimziResources::inWords).toList());
    }

    private static String kind(ResourceType type) {
        return switch (type) {
            case TOPIC -> "topic";
            case GROUP -> "group";
            case TRANSACTIONAL_ID -> "transactionalId";
            default -> throw new IllegalArgumentException(type + " is none of the catalogue's");
        };
    }

    /** As Strimzi and Kafka's tools write it. */
    static String inWords(AclOperation operation) {
        return switch (operation) {
            case READ -> "Read";
            case WRITE -> "Write";
            case CREATE -> "Create";
            case DESCRIBE -> "Describe";
            default ->
                    throw new IllegalArgumentException(operation + " is none of the catalogue's");
        };
    }

    private static Map<String, Object> resource(
            String kind, String name, Map<String, Object> spec) {
        return ordered(
                "apiVersion", API,
                "kind", kind,
                "metadata",
                        ordered("name", name, "labels", Map.of("strimzi.io/cluster", "guichet")),
                "spec", spec);
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
