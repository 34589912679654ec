package io.microplatform.lab.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.microplatform.lab.trace.Span.Endpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TraceTests {

	private static final String ORDER = "17";

	private final List<Span> spans = new ArrayList<>(
			List.of(new Span("t", "gateway", null, "SERVER", "http post", new Endpoint("api-gateway"), null)));

	@Test
	void theWholeChainIsComplete() {
		chain("", 5);
		assertThat(new Trace(this.spans).missing(ORDER)).isEmpty();
		assertThat(new Trace(this.spans).missing("18")).contains("order-service publish order.created");
	}

	@Test
	void aChainWithoutTheGatewayIsIncomplete() {
		this.spans.clear();
		chain("", 5);
		assertThat(new Trace(this.spans).missing(ORDER)).contains("api-gateway");
	}

	@Test
	void namesTheFirstSpanThatIsMissing() {
		chain("", 2);
		assertThat(new Trace(this.spans).missing(ORDER)).contains("user-service publish credit.reserved");
	}

	@Test
	void aSpanWithAnotherParentIsNotPartOfTheChain() {
		chain("", 4);
		this.spans.add(event(4, "last", "somewhere"));
		assertThat(new Trace(this.spans).missing(ORDER)).contains("order-service publish order.confirmed");
	}

	/** A crash after the first delivery of an event repeats its span. */
	@Test
	void oneOfSeveralChainsIsEnough() {
		chain("crashed ", 3);
		chain("", 5);
		chain("repeated ", 1);
		assertThat(new Trace(this.spans).missing(ORDER)).isEmpty();
	}

	private void chain(String name, int length) {
		for (int i = 0; i < length; i++) {
			this.spans.add(event(i, name + i, name + (i - 1)));
		}
	}

	private static Span event(int position, String id, @Nullable String parent) {
		String[] title = Trace.CONFIRMED_ORDER.get(position).split(" ", 2);
		return new Span("t", id, parent, "PRODUCER", title[1], new Endpoint(title[0]), Map.of("order.id", ORDER));
	}

}
