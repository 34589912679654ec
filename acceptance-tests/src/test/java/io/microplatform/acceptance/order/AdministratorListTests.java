package io.microplatform.acceptance.order;

import java.time.Duration;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.NeedsStores;
import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Order;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.client.Reply;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.TargetPlatform;
import io.microplatform.local.process.RunningProcess;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests administrators' lists of orders, which show the names of the buyers.
 */
@AcceptanceTest
@NeedsStores
class AdministratorListTests {

	private static final String ALL = "scope=all";

	/** The time limit of the names, 250 ms, with a tolerance for a busy machine. */
	private static final Duration FAST_ENOUGH = Duration.ofSeconds(1);

	private static final Duration RECOVERY = Duration.ofSeconds(30);

	private final ClientAccount ann;

	private final PlatformClient administrator;

	private final Order order;

	AdministratorListTests(TargetPlatform platform) {
		this.ann = platform.signUp("Ann");
		this.administrator = platform.administrator();
		this.order = Orders.decided(this.ann, Orders.place(this.ann, "0.01"));
	}

	@Test
	void showTheBuyersOfAllOrders() {
		// The first request to user-service can take longer than the time limit.
		await().atMost(RECOVERY).until(() -> !isPartial());
		Reply reply = this.administrator.orders(ALL);
		assertThat(reply).isJson(200).hasExactlyMembers("items", "nextCursor", "partial");
		JsonNode item = item(reply);
		assertThat(item.propertyNames()).containsExactlyInAnyOrder("id", "product", "amount", "status", "createdAt",
				"updatedAt", "userId", "buyerName");
		assertThat(item.path("userId").asLong()).isEqualTo(this.ann.id());
		assertThat(item.path("buyerName").asString()).isEqualTo("Ann");
	}

	@Test
	void showTheOrdersOfOneUser() {
		Reply reply = this.administrator.orders("userId=" + this.ann.id());
		assertThat(reply).isJson(200).hasExactlyMembers("items", "nextCursor", "partial");
		assertThat(reply.json().path("items").size()).isOne();
		assertThat(item(reply).path("userId").asLong()).isEqualTo(this.ann.id());
	}

	@Test
	void arePartialWithoutUserService(PrivatePlatform own) {
		RunningProcess service = own.process("user-service");
		service.pause();
		try {
			long begin = System.nanoTime();
			Reply reply = this.administrator.orders(ALL);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(FAST_ENOUGH);
			assertThat(reply).isJson(200).hasExactlyMembers("items", "nextCursor", "partial");
			assertThat(reply.json().path("partial").asBoolean()).isTrue();
			assertThat(item(reply).path("userId").asLong()).isEqualTo(this.ann.id());
			assertThat(item(reply).path("buyerName").isNull()).isTrue();
		}
		finally {
			service.resume();
		}
		await().atMost(RECOVERY).until(() -> !isPartial());
	}

	@Test
	void areForAdministrators() {
		assertThat(this.ann.client().orders(ALL)).isProblem(403);
		Reply own = this.ann.client().orders("scope=own");
		assertThat(own).isJson(200).hasExactlyMembers("items", "nextCursor");
		assertThat(own.body()).isEqualTo(this.ann.client().orders("").body());
	}

	@Test
	void haveOneScope() {
		assertThat(this.administrator.orders("scope=all&userId=" + this.ann.id())).isProblem(400).namesField("scope");
		assertThat(this.administrator.orders("scope=everything")).isProblem(400).namesField("scope");
	}

	private boolean isPartial() {
		return this.administrator.orders(ALL).expect(200).json().path("partial").asBoolean();
	}

	private JsonNode item(Reply reply) {
		return reply.json()
			.path("items")
			.valueStream()
			.filter((item) -> item.path("id").asLong() == this.order.id())
			.findFirst()
			.orElseThrow();
	}

}
