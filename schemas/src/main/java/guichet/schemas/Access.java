package guichet.schemas;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What each principal may do on a broker with an authorizer, made of the catalogue. Whatever is not
 * here is refused; nobody may create or change a topic of the catalogue.
 */
public final class Access {

    private Access() {}

    /** All that a principal may do. To read or to write implies to describe. */
    public static List<AclBinding> of(Principal principal) {
        List<AclBinding> access = new ArrayList<>(topics(READ, principal));
        access.addAll(topics(WRITE, principal));
        switch (principal.work()) {
            case WRITES -> {}
            case READS_IN_GROUPS -> access.add(own(ResourceType.GROUP, READ, principal));
            case STREAMS -> {
                // Before it starts it checks that every topic is as the catalogue says.
                access.addAll(topics(DESCRIBE, principal));
                access.add(own(ResourceType.GROUP, READ, principal));
                access.add(own(ResourceType.TRANSACTIONAL_ID, WRITE, principal));
                Stream.of(CREATE, READ, WRITE)
                        .map(operation -> own(ResourceType.TOPIC, operation, principal))
                        .forEach(access::add);
            }
        }
        return List.copyOf(access);
    }

    /** As ACLs name a principal. */
    public static String name(Principal principal) {
        return "User:" + principal.user();
    }

    private static List<AclBinding> topics(AclOperation operation, Principal principal) {
        return Topics.all().stream()
                .sorted(Comparator.comparing(Topic::name))
                .filter(topic -> needs(operation, topic, principal))
                .map(topic -> on(topic, operation, principal))
                .toList();
    }

    private static boolean needs(AclOperation operation, Topic topic, Principal principal) {
        boolean reads = topic.readers().contains(principal);
        boolean writes = topic.writers().contains(principal);
        return switch (operation) {
            case READ -> reads;
            case WRITE -> writes;
            default -> !reads && !writes;
        };
    }

    private static AclBinding on(Topic topic, AclOperation operation, Principal principal) {
        return allow(
                new ResourcePattern(ResourceType.TOPIC, topic.name(), PatternType.LITERAL),
                operation,
                principal);
    }

    private static AclBinding own(ResourceType kind, AclOperation operation, Principal principal) {
        return allow(
                new ResourcePattern(kind, principal.user(), PatternType.PREFIXED),
                operation,
                principal);
    }

    private static AclBinding allow(
            ResourcePattern what, AclOperation operation, Principal principal) {
        return new AclBinding(
                what,
                new AccessControlEntry(name(principal), "*", operation, AclPermissionType.ALLOW));
    }
}
