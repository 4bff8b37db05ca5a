package guichet.schemas.avro;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** The keys that say where the registry is and how it is asked. */
final class ConfiguredAddress {

    private static final String URL = "schema.registry.url";
    private static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";
    private static final String USER_INFO = "basic.auth.user.info";
    private static final String PREFIX = "schema.registry.";
    private static final String RETRIES = "max.retries";
    private static final String FIRST_WAIT = "retries.wait.ms";
    private static final String LONGEST_WAIT = "retries.max.wait.ms";
    private static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
    private static final String READ_TIMEOUT = "http.read.timeout.ms";

    private static final String FROM_URL = "URL";
    private static final String FROM_USER_INFO = "USER_INFO";
    private static final String MOCK = "mock://";

    private ConfiguredAddress() {}

    static ConfigDef define(ConfigDef keys) {
        return keys.define(URL, Type.LIST, List.of(), Importance.HIGH, "URLs, tried in turn")
                .define(
                        CREDENTIALS_SOURCE,
                        Type.STRING,
                        null,
                        ValidString.in(FROM_URL, FROM_USER_INFO, null),
                        Importance.MEDIUM,
                        "Where the credentials are")
                .define(
                        PREFIX + CREDENTIALS_SOURCE,
                        Type.STRING,
                        FROM_URL,
                        ValidString.in(FROM_URL, FROM_USER_INFO),
                        Importance.LOW,
                        "As without prefix")
                .define(USER_INFO, Type.PASSWORD, null, Importance.MEDIUM, "user:password")
                .define(PREFIX + USER_INFO, Type.PASSWORD, null, Importance.LOW, "Likewise")
                .define(RETRIES, Type.INT, 3, atLeast(0), Importance.LOW, "Further rounds")
                .define(FIRST_WAIT, Type.INT, 1_000, atLeast(0), Importance.LOW, "Doubles")
                .define(LONGEST_WAIT, Type.INT, 20_000, atLeast(0), Importance.LOW, "At most")
                .define(CONNECT_TIMEOUT, Type.INT, 10_000, atLeast(1), Importance.LOW, "Connect")
                .define(READ_TIMEOUT, Type.INT, 10_000, atLeast(1), Importance.LOW, "Whole answer");
    }

    static RegistryAddress of(AbstractConfig values) {
        var urls = values.getList(URL);
        if (urls.isEmpty()) {
            throw new ConfigException(
                    URL + " is missing: give the registry's URL, or several separated by commas");
        }
        if (urls.stream().anyMatch(url -> url.startsWith(MOCK))) {
            return inMemory(urls);
        }
        var credentials = credentials(values);
        return new RegistryAddress.Remote(
                urls.stream().map(url -> server(url, credentials)).toList(),
                values.getInt(RETRIES),
                millis(values, FIRST_WAIT),
                millis(values, LONGEST_WAIT),
                millis(values, CONNECT_TIMEOUT),
                millis(values, READ_TIMEOUT));
    }

    private static RegistryAddress inMemory(List<String> urls) {
        var scope = urls.getFirst().substring(MOCK.length());
        if (urls.size() > 1 || scope.isBlank()) {
            throw new ConfigException(URL, urls, "a mock:// URL stands alone and names its scope");
        }
        return new RegistryAddress.InMemory(scope);
    }

    private static Duration millis(AbstractConfig values, String key) {
        return Duration.ofMillis(values.getInt(key));
    }

    private static @Nullable Password credentials(AbstractConfig values) {
        if (!FROM_USER_INFO.equals(eitherOf(values, CREDENTIALS_SOURCE))) {
            return null;
        }
        if (!(eitherOf(values, USER_INFO) instanceof Password userInfo)) {
            throw new ConfigException(
                    USER_INFO
                            + " is missing: give user:password, or set "
                            + CREDENTIALS_SOURCE
                            + " to "
                            + FROM_URL);
        }
        return basic(userInfo.value());
    }

    private static @Nullable Object eitherOf(AbstractConfig values, String key) {
        var value = values.values().get(key);
        return value != null ? value : values.values().get(PREFIX + key);
    }

    private static RegistryAddress.Server server(String url, @Nullable Password credentials) {
        var uri = uri(url);
        var userInfo = uri.getUserInfo();
        var path = uri.getRawPath().replaceAll("/+$", "");
        var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return new RegistryAddress.Server(
                URI.create(uri.getScheme() + "://" + uri.getHost() + port + path),
                credentials == null && userInfo != null ? basic(userInfo) : credentials);
    }

    private static URI uri(String url) {
        try {
            var uri = new URI(url);
            if (uri.getHost() != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // Said below, without the URL's user info.
        }
        throw new ConfigException(
                URL
                        + " has an entry that is no registry's URL: write each like"
                        + " http://localhost:8081/apis/ccompat/v7");
    }

    private static Password basic(String userInfo) {
        var bytes = userInfo.getBytes(StandardCharsets.UTF_8);
        return new Password("Basic " + Base64.getEncoder().encodeToString(bytes));
    }
}
