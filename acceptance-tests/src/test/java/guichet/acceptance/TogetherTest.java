package guichet.acceptance;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Those that mostly wait for the clocks of the whole desk wait together, and beside no other class.
 * To run one: {@code -Dtest='TogetherTest$FencedProducer'}.
 */
class TogetherTest {

    /**
     * A lock: whoever counts on the SLA monitor's promptness is alone with it, those who hold it up
     * share it.
     */
    static final String PROMPT_MONITOR = "the SLA monitor's promptness";

    /** A lock: whoever shuts the line is alone with it, those who need it open share it. */
    static final String SPANISH_CHATS = "Spanish chats";

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class AnnouncedClosure extends AnnouncedClosureTest {
        AnnouncedClosure(WholeDesk.Running desk) {
            super(desk);
        }
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class ChannelContract extends ChannelContractTest {
        ChannelContract(WholeDesk.Running desk) {
            super(desk);
        }
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class ContactPath extends ContactPathTest {
        ContactPath(WholeDesk.Running desk) {
            super(desk);
        }
    }

    /** Of images it shows nothing: its intake, PostgreSQL and second Kafka are of its own. */
    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    @DisabledIfSystemProperty(named = DeskUnderTest.CHOICE, matches = ComposedDesk.CHOSEN)
    class Erasure extends ErasureTest {
        Erasure(WholeDesk.Running desk) {
            super(desk);
        }
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class FencedProducer extends FencedProducerTest {
        FencedProducer(WholeDesk.Running desk) {
            super(desk);
        }
    }

    /** Not of a desk whose parts other tests take away: that needs more tolerance. */
    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    @DisabledIfSystemProperty(named = DeskUnderTest.CHOICE, matches = ComposedDesk.CHOSEN)
    class JudgeCommand extends JudgeCommandTest {
        JudgeCommand(WholeDesk.Running desk) {
            super(desk);
        }
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class MyRequests extends MyRequestsTest {
        MyRequests(WholeDesk.Running desk) {
            super(desk);
        }
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class OpenTransaction extends OpenTransactionTest {
        OpenTransaction(WholeDesk.Running desk) {
            super(desk);
        }
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class ShareGroup extends ShareGroupTest {
        ShareGroup(WholeDesk.Running desk) {
            super(desk);
        }
    }
}
