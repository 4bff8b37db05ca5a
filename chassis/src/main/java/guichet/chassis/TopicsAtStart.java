package guichet.chassis;

import guichet.schemas.TopicCreation;

import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.InitializingBean;

import java.util.Map;

/** Creates what is missing of the topic catalogue, or checks it, before anything reads. */
final class TopicsAtStart implements InitializingBean {

    private final Map<String, Object> adminConfig;
    private final DeskSettings.TopicSettings settings;

    TopicsAtStart(Map<String, Object> adminConfig, DeskSettings.TopicSettings settings) {
        this.adminConfig = adminConfig;
        this.settings = settings;
    }

    @Override
    public void afterPropertiesSet() {
        try (Admin admin = Admin.create(adminConfig)) {
            if (settings.create()) {
                TopicCreation.createMissing(admin, settings.partitions(), settings.replication());
            } else {
                TopicCreation.check(admin, settings.partitions());
            }
        }
    }
}
