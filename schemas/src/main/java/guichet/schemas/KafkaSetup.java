package guichet.schemas;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePatternFilter;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * Brings the catalogue onto a secured cluster: topics, who may do what, and users. To be run by an
 * administrator of the cluster before a first start and after each upgrade; safe to repeat.
 */
public final class KafkaSetup {

    private static final int ITERATIONS = 8192;

    private KafkaSetup() {}

    /**
     * Sets up a cluster and says what there is now.
     *
     * @param args properties file of an administrator's client; partitions of each topic keyed by
     *     contact; copies of each partition; and, to set passwords, a folder with a file for each
     *     user, named as the user, that holds the password
     */
    public static void main(String[] args)
            throws IOException, ExecutionException, InterruptedException {
        if (args.length < 3 || args.length > 4) {
            throw new IllegalArgumentException(
                    "usage: KafkaSetup <client.properties> <partitions> <replication> [<folder of passwords>]");
        }
        Properties client = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(args[0]))) {
            client.load(reader);
        }
        Map<Principal, String> passwords =
                args.length == 4 ? passwords(Path.of(args[3])) : Map.of();
        try (Admin admin = Admin.create(client)) {
            apply(admin, Integer.parseInt(args[1]), Short.parseShort(args[2]), passwords);
        }
        System.out.printf(
                "There are %d topics and %d principals with their access; %d passwords were set.%n",
                Topics.all().size(), Principal.values().length, passwords.size());
    }

    /**
     * Creates what is missing of the topics, gives each principal what {@link Access} says and
     * takes away what it has beyond that, and sets passwords.
     *
     * @param deskPartitions partitions of every topic that is keyed by contact
     * @param replication copies of each partition
     * @param passwords for SCRAM-SHA-512; who is not in it keeps the password it has
     * @throws IllegalStateException when a topic exists with another number of partitions
     * @throws KafkaException or ExecutionException when the cluster cannot be asked, or refuses
     */
    public static void apply(
            Admin admin, int deskPartitions, short replication, Map<Principal, String> passwords)
            throws ExecutionException, InterruptedException {
        TopicCreation.createMissing(admin, deskPartitions, replication);
        for (Principal principal : Principal.values()) {
            setAccess(admin, principal);
        }
        List<UserScramCredentialAlteration> alterations =
                passwords.entrySet().stream()
                        .map(entry -> credential(entry.getKey(), entry.getValue()))
                        .toList();
        if (!alterations.isEmpty()) {
            admin.alterUserScramCredentials(alterations).all().get();
        }
    }

    /** New access first: nobody is without what it had and keeps. */
    private static void setAccess(Admin admin, Principal principal)
            throws ExecutionException, InterruptedException {
        List<AclBinding> wanted = Access.of(principal);
        admin.createAcls(wanted).all().get();
        Collection<AclBinding> present =
                admin.describeAcls(
                                new AclBindingFilter(
                                        ResourcePatternFilter.ANY,
                                        new AccessControlEntryFilter(
                                                Access.name(principal),
                                                null,
                                                AclOperation.ANY,
                                                AclPermissionType.ANY)))
                        .values()
                        .get();
        Set<AclBinding> beyond = new HashSet<>(present);
        wanted.forEach(beyond::remove);
        admin.deleteAcls(beyond.stream().map(AclBinding::toFilter).toList()).all().get();
    }

    private static UserScramCredentialAlteration credential(Principal principal, String password) {
        return new UserScramCredentialUpsertion(
                principal.user(),
                new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                password);
    }

    private static Map<Principal, String> passwords(Path folder) throws IOException {
        Map<Principal, String> passwords = new EnumMap<>(Principal.class);
        for (Principal principal : Principal.values()) {
            Path file = folder.resolve(principal.user());
            if (Files.exists(file)) {
                passwords.put(principal, Files.readString(file).strip());
            }
        }
        if (passwords.isEmpty()) {
            throw new IllegalArgumentException(
                    "no password in %s: there must be files named as users, such as %s"
                            .formatted(
                                    folder,
                                    Arrays.stream(Principal.values())
                                            .map(Principal::user)
                                            .toList()));
        }
        return passwords;
    }
}
