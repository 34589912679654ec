package io.microplatform.lab.demo;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import io.microplatform.lab.client.AccessToken;
import io.microplatform.lab.client.Order;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.client.Reply;
import io.microplatform.lab.client.User;
import io.microplatform.lab.platform.MetricsSnapshot;
import io.microplatform.lab.platform.PlatformScript;
import io.microplatform.lab.platform.RemotePlatform;
import io.microplatform.lab.platform.RunningPlatform;
import io.microplatform.lab.platform.TargetPlatform;
import org.jspecify.annotations.Nullable;

/**
 * Demonstration of the main use case: an order within and an order beyond the user's
 * credit, a configuration refresh, and scaling. Everything that it prints is read from
 * the running platform. On a platform that it does not control, it leaves out what it
 * cannot do or see, and prints this.
 */
public final class OrderDemo {

	private static final BigDecimal PRICE = new BigDecimal("249.90");

	private static final BigDecimal ONE_CENT = new BigDecimal("0.01");

	private static final List<String> EVENTS = List.of("order.created", "credit.reserved", "order.confirmed");

	private final TargetPlatform platform;

	private final @Nullable Control control;

	private final DemoSteps steps;

	private OrderDemo(TargetPlatform platform, @Nullable Control control, PrintStream out) {
		this.platform = platform;
		this.control = control;
		this.steps = new DemoSteps(out);
	}

	/**
	 * Creates a demonstration on the platform of a checkout.
	 * @param platform the platform
	 * @param script the script that scales and refreshes
	 * @param out the stream to print to
	 * @return the demonstration
	 */
	public static OrderDemo on(RunningPlatform platform, PlatformScript script, PrintStream out) {
		return new OrderDemo(platform, new Control(platform, script), out);
	}

	/**
	 * Creates a demonstration on a platform without control of its processes.
	 * @param platform the platform
	 * @param out the stream to print to
	 * @return the demonstration
	 */
	public static OrderDemo on(RemotePlatform platform, PrintStream out) {
		return new OrderDemo(platform, null, out);
	}

	/**
	 * Runs the demonstration.
	 * @return the gateway's base URL
	 * @throws StepFailedException at the first step that fails; the step is already
	 * printed
	 */
	public URI run() {
		PlatformClient guest = this.steps.take("The platform is up", this::connect, (_) -> describePlatform());
		PlatformClient ann = signUp(guest, "Ann");
		User before = ann.me().expect(200).as(User.class);
		Order order = orderWithinCredit(ann, before);
		readAgain(ann, order);
		orderBeyondCredit(ann);
		PlatformClient bob = signUp(guest, "Bob");
		this.steps.take("Bob asks for Ann's order", () -> bob.order(order.id()).expect(404), Reply::summary);
		this.steps.take("A token is required", () -> guest.order(order.id()).expect(401), Reply::summary);
		if (this.control != null) {
			Control own = this.control;
			new ConfigurationDemo(own.platform(), own.script(), this.steps).run(bob);
			new ScaleDemo(own.platform(), own.script(), this.steps).run(ann, order.id());
		}
		else {
			this.steps.leaveOut("Cache hits, refresh and scaling", "the platform is not of this checkout");
		}
		return this.platform.gateway();
	}

	private PlatformClient connect() {
		if (this.platform instanceof RemotePlatform remote) {
			remote.requireReady();
		}
		return this.platform.guest();
	}

	private String describePlatform() {
		String gateway = "gateway at " + this.platform.gateway();
		return (this.control != null) ? this.control.platform().processes().size() + " processes, " + gateway : gateway;
	}

	private PlatformClient signUp(PlatformClient guest, String name) {
		String email = "%s-%s@example.org".formatted(name, UUID.randomUUID().toString().substring(0, 8));
		String password = UUID.randomUUID().toString();
		this.steps.take(name + " registers", () -> guest.register(name, email, password).expect(201).as(User.class),
				(user) -> String.format(Locale.ROOT, "user %d, %s", user.id(), user.email()));
		AccessToken token = this.steps.take(name + " logs in",
				() -> guest.login(email, password).expect(200).as(AccessToken.class),
				(given) -> String.format(Locale.ROOT, "%s token, valid for %d min", given.type(),
						Duration.ofSeconds(given.expiresIn()).toMinutes()));
		return guest.withToken(token.value());
	}

	private Order orderWithinCredit(PlatformClient ann, User before) {
		if (!this.platform.hasStores()) {
			Order order = confirmedOrder(ann, before);
			this.steps.leaveOut("Events on Kafka", "the stores are unknown");
			return order;
		}
		try (EventLog log = this.steps.take("The topics are watched", () -> new EventLog(this.platform),
				(opened) -> "from the end of " + opened.topics())) {
			Order order = confirmedOrder(ann, before);
			this.steps
				.take("Kafka has every event once", () -> eventsOf(order).await(() -> log.about(order.id())),
						(events) -> events.size() + " events, key " + before.id())
				.forEach((event) -> this.steps.detail(event.line()));
			return order;
		}
	}

	private Order confirmedOrder(PlatformClient ann, User before) {
		Order placed = this.steps.take("Ann orders", () -> place(ann, "coffee machine", PRICE), OrderDemo::show);
		Order decided = this.steps.take("The order is confirmed", () -> decided(ann, placed, "CONFIRMED"),
				(order) -> String.format(Locale.ROOT, "%s after %d ms", order.status(),
						Duration.between(order.createdAt(), order.updatedAt()).toMillis()));
		this.steps.take("Ann's credit is reserved", () -> available(available(before).subtract(PRICE)).require(me(ann)),
				(user) -> "limit %s, available %s".formatted(user.creditLimit(), user.creditAvailable()));
		return decided;
	}

	private void readAgain(PlatformClient ann, Order order) {
		Expectation<Order> same = new Expectation<>(show(order), order::equals, OrderDemo::show);
		this.steps.take("Ann reads the order", () -> same.require(read(ann, order.id())), OrderDemo::show);
		if (this.control != null) {
			readFromCache(ann, same, order.id(), this.control.platform());
		}
	}

	private void readFromCache(PlatformClient ann, Expectation<Order> same, long order, RunningPlatform own) {
		long before = cacheHits(own);
		Expectation<Long> oneMore = new Expectation<>(String.format(Locale.ROOT, "more than %d hits in Redis", before),
				(count) -> count > before, String::valueOf);
		// Repeated, because an instance bypasses a slow Redis for some seconds.
		this.steps.take("Ann reads it again, from Redis", () -> oneMore.await(() -> {
			same.require(read(ann, order));
			return cacheHits(own);
		}), (after) -> String.format(Locale.ROOT, "cache hits %d → %d", before, after));
	}

	private static Order read(PlatformClient client, long id) {
		return client.order(id).expect(200).as(Order.class);
	}

	private static long cacheHits(RunningPlatform own) {
		return own.instancesOf("order-service")
			.stream()
			.map(MetricsSnapshot::of)
			.mapToLong((metrics) -> metrics.count("cache_gets_total", "cache=\"orders\"", "result=\"hit\""))
			.sum();
	}

	private void orderBeyondCredit(PlatformClient ann) {
		BigDecimal available = available(me(ann));
		Order placed = this.steps.take("Ann orders beyond her credit",
				() -> place(ann, "second coffee machine", available.add(ONE_CENT)), OrderDemo::show);
		this.steps.take("That order is rejected", () -> decided(ann, placed, "REJECTED"),
				(order) -> order.status() + ": " + order.reason());
		this.steps.take("Ann's credit is unchanged", () -> available(available).require(me(ann)),
				(user) -> "available " + user.creditAvailable());
	}

	private static Order place(PlatformClient client, String product, BigDecimal amount) {
		return client.placeOrder(product, amount).expect(201).as(Order.class);
	}

	private static Order decided(PlatformClient client, Order placed, String outcome) {
		boolean needsReason = outcome.equals("REJECTED");
		Expectation<Order> decided = new Expectation<>("status " + outcome,
				(order) -> order.status().equals(outcome) && needsReason == (order.reason() != null), OrderDemo::show);
		return decided.await(() -> read(client, placed.id()));
	}

	private static Expectation<User> available(BigDecimal amount) {
		return new Expectation<>("available " + amount, (user) -> available(user).compareTo(amount) == 0,
				(user) -> String.valueOf(user.creditAvailable()));
	}

	private static Expectation<List<Event>> eventsOf(Order order) {
		return new Expectation<>("one each of " + EVENTS + " for order " + order.id(), (
				events) -> events.stream().map(Event::type).sorted().toList().equals(EVENTS.stream().sorted().toList()),
				(events) -> events.stream().map(Event::type).toList().toString());
	}

	private static User me(PlatformClient client) {
		return client.me().expect(200).as(User.class);
	}

	private static BigDecimal available(User user) {
		return Objects.requireNonNull(user.creditAvailable(), "no creditAvailable in the response");
	}

	private static String show(Order order) {
		return String.format(Locale.ROOT, "order %d, %s, %s, %s", order.id(), order.product(), order.amount(),
				order.status());
	}

	/**
	 * What changes the platform and shows its processes.
	 *
	 * @param platform the platform
	 * @param script the script of its checkout
	 */
	private record Control(RunningPlatform platform, PlatformScript script) {
	}

}
