package guichet.routing.agents;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the file of {@code docs} that the build holds against the code. */
@RestController
class DescriptionController {

    /** This door, in OpenAPI 3.1. */
    @GetMapping(path = "/api/openapi", produces = MediaType.APPLICATION_YAML_VALUE)
    Resource openApi() {
        return new ClassPathResource("openapi/routing.yaml", DescriptionController.class);
    }
}
