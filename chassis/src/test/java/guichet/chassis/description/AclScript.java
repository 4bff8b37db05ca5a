package guichet.chassis.description;

import guichet.schemas.Access;
import guichet.schemas.Principal;

import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What each principal may do, as commands for Kafka's own {@code kafka-acls.sh}. */
final class AclScript {

    /** What one command can give: the same operations on several resources of a kind. */
    private record Given(ResourceType type, PatternType pattern, List<AclOperation> operations) {}

    private AclScript() {}

    static List<String> commands() {
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                "# Usage: acls.sh <bootstrap servers> <properties file of an administrator's client>;",
                                "# kafka-acls.sh must be on the PATH. It adds; what a principal has beyond this stays.",
                                "set -eu",
                                "allow() {",
                                "    kafka-acls.sh --bootstrap-server \"$bootstrap\" --command-config \"$client\" --add \"$@\"",
                                "}",
                                "bootstrap=$1",
                                "client=$2"));
        Arrays.stream(Principal.values()).forEach(principal -> lines.addAll(commands(principal)));
        return lines;
    }

    private static List<String> commands(Principal principal) {
        Map<Object, List<AclBinding>> byResource =
                Access.of(principal).stream()
                        .collect(
                                Collectors.groupingBy(
                                        AclBinding::pattern,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        Map<Given, List<String>> names = new LinkedHashMap<>();
        byResource
                .values()
                .forEach(
                        bindings ->
                                names.computeIfAbsent(given(bindings), none -> new ArrayList<>())
                                        .add(bindings.getFirst().pattern().name()));
        return names.entrySet().stream()
                .map(entry -> command(principal, entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Given given(List<AclBinding> ofOneResource) {
        return new Given(
                ofOneResource.getFirst().pattern().resourceType(),
                ofOneResource.getFirst().pattern().patternType(),
                ofOneResource.stream()
                        .map(binding -> binding.entry().operation())
                        .sorted()
                        .toList());
    }

    private static String command(Principal principal, Given given, List<String> names) {
        return "allow --allow-principal %s --resource-pattern-type %s%s%s"
                .formatted(
                        Access.name(principal),
                        given.pattern().name().toLowerCase(Locale.ROOT),
                        given.operations().stream()
                                .map(StrimziResources::inWords)
                                .map(operation -> " --operation " + operation)
                                .collect(Collectors.joining()),
                        names.stream()
                                .map(name -> " %s %s".formatted(option(given.type()), name))
                                .collect(Collectors.joining()));
    }

    private static String option(ResourceType type) {
        return switch (type) {
            case TOPIC -> "--topic";
            case GROUP -> "--group";
            case TRANSACTIONAL_ID -> "--transactional-id";
            default -> throw new IllegalArgumentException(type + " is none of the catalogue's");
        };
    }
}
