package io.microplatform.order;

import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;

import io.microplatform.starter.idempotency.IdempotentCall;
import io.microplatform.starter.log.LogField;
import io.microplatform.starter.problem.ProblemException;
import io.microplatform.starter.security.CurrentUser;
import io.microplatform.starter.web.Cursor;
import io.microplatform.starter.web.Page;
import io.microplatform.starter.web.WaitPreference;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/orders", produces = MediaType.APPLICATION_JSON_VALUE)
class OrderController {

	private final OrderService orders;

	private final OrderSearch search;

	private final OrderOutcomes outcomes;

	OrderController(OrderService orders, OrderSearch search, OrderOutcomes outcomes) {
		this.orders = orders;
		this.search = search;
		this.outcomes = outcomes;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<?> place(@RequestBody @Valid PlaceOrderRequest request, CurrentUser caller, IdempotentCall call,
			@Nullable WaitPreference wait) {
		Supplier<ResponseEntity<OrderResponse>> placing = () -> created(this.orders.place(caller.id(), request));
		if (wait == null) {
			return call.answer(placing);
		}
		return call.answer(placing, OrderResponse.class, (placed) -> this.outcomes.await(placed, wait));
	}

	@GetMapping("/{id}")
	OrderResponse order(@PathVariable long id, CurrentUser caller) {
		LogField.ORDER.set(id);
		return this.orders.find(id, caller.id()).orElseThrow(() -> ProblemException.notFound("order"));
	}

	@PostMapping("/{id}/cancel")
	ResponseEntity<?> cancel(@PathVariable long id, CurrentUser caller, IdempotentCall call) {
		LogField.ORDER.set(id);
		return call.answer(() -> ResponseEntity.ok(OrderResponse.of(this.orders.cancel(id, caller.id()))));
	}

	@GetMapping
	Page<OrderResponse> list(@RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Long userId,
			@RequestParam(required = false) Order.@Nullable Status status,
			@RequestParam(required = false) @Nullable String from, @RequestParam(required = false) @Nullable String to,
			CurrentUser caller) {
		long owner = Objects.requireNonNullElse(userId, caller.id());
		if (owner != caller.id()) {
			caller.requireAdministrator();
		}
		OrderFilter filter = OrderFilter.of(status, from, to);
		return Page.of(this.search.newest(owner, filter, Cursor.parse(cursor).before(), limit + 1), limit,
				OrderResponse::of, Order::requiredId);
	}

	private static ResponseEntity<OrderResponse> created(Order order) {
		return ResponseEntity.created(URI.create("/orders/" + order.id())).body(OrderResponse.of(order));
	}

}
