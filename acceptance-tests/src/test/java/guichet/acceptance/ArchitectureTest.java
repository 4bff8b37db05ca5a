package guichet.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the house, as docs/adr/0001 draws them. */
@AnalyzeClasses(
        packages = "guichet",
        importOptions = {
            ImportOption.DoNotIncludeTests.class,
            ArchitectureTest.DoNotIncludeTestJars.class
        })
class ArchitectureTest {

    static final class DoNotIncludeTestJars implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule arrowsPointDown =
            layeredArchitecture()
                    .consideringOnlyDependenciesInAnyPackage("guichet..")
                    .layer("events")
                    .definedBy("guichet.events..")
                    .layer("schemas")
                    .definedBy("guichet.schemas..")
                    .layer("policy")
                    .definedBy("guichet.policy..")
                    .layer("deadlines")
                    .definedBy("guichet.deadlines..")
                    .layer("chassis")
                    .definedBy("guichet.chassis..")
                    .layer("intake")
                    .definedBy("guichet.intake..")
                    .layer("routing")
                    .definedBy("guichet.routing..")
                    .layer("sla")
                    .definedBy("guichet.sla..")
                    .layer("escalation")
                    .definedBy("guichet.escalation..")
                    .layer("judge")
                    .definedBy("guichet.judge..")
                    .layer("local stack")
                    .definedBy("guichet.localstack..")
                    .whereLayer("schemas")
                    .mayOnlyAccessLayers("events")
                    .whereLayer("policy")
                    .mayNotAccessAnyLayer()
                    .whereLayer("deadlines")
                    .mayNotAccessAnyLayer()
                    .whereLayer("chassis")
                    .mayOnlyAccessLayers("events", "schemas", "policy", "deadlines")
                    .whereLayer("intake")
                    .mayOnlyAccessLayers("events", "schemas", "policy", "chassis")
                    .whereLayer("routing")
                    .mayOnlyAccessLayers("events", "schemas", "policy", "deadlines", "chassis")
                    .whereLayer("sla")
                    .mayOnlyAccessLayers("events", "schemas", "policy", "deadlines", "chassis")
                    .whereLayer("escalation")
                    .mayOnlyAccessLayers("events", "schemas", "policy", "deadlines", "chassis")
                    .whereLayer("judge")
                    .mayOnlyAccessLayers("events", "schemas", "policy")
                    .whereLayer("judge")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("local stack")
                    .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule theRulesKnowNoFramework =
            noClasses()
                    .that()
                    .resideInAPackage("guichet.policy..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.springframework..", "org.apache.kafka..", "org.apache.avro..");

    @ArchTest
    static final ArchRule contractsAndTimersKnowNoSpring =
            noClasses()
                    .that()
                    .resideInAnyPackage("guichet.schemas..", "guichet.deadlines..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule decisionsDoNotLookAtTheClock =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("guichet.localstack..")
                    .should()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(java.util.UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule featuresDoNotGoInCircles =
            slices().matching("guichet.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheChassisTouchesStreamsInTheServices =
            classes()
                    .that()
                    .areAssignableTo("org.apache.kafka.streams.processor.api.Processor")
                    .should()
                    .resideInAPackage("guichet.chassis");
}
