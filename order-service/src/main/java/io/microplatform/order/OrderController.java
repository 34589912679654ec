package io.microplatform.order;

import java.net.URI;
import java.util.List;
import java.util.function.Function;
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
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/orders", produces = MediaType.APPLICATION_JSON_VALUE)
class OrderController {

	private final OrderService orders;

	private final OrderSearch search;

	private final OrderOutcomes outcomes;

	private final BuyerNames names;

	OrderController(OrderService orders, OrderSearch search, OrderOutcomes outcomes, BuyerNames names) {
		this.orders = orders;
		this.search = search;
		this.outcomes = outcomes;
		this.names = names;
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

	/** Lists own orders as a {@link Page}, others as {@link AdministratorOrders}. */
	@GetMapping
	Record list(@RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Pattern(regexp = OrderScope.VALUES,
					message = "must be own or all") @Nullable String scope,
			@RequestParam(required = false) @Nullable Long userId,
			@RequestParam(required = false) Order.@Nullable Status status,
			@RequestParam(required = false) @Nullable String from, @RequestParam(required = false) @Nullable String to,
			@RequestHeader(HttpHeaders.AUTHORIZATION) String authorization, CurrentUser caller) {
		OrderScope orders = OrderScope.of(scope, userId, caller);
		OrderFilter filter = OrderFilter.of(status, from, to);
		List<Order> found = this.search.newest(orders.userId(), filter, Cursor.parse(cursor).before(), limit + 1);
		if (orders.isOwn()) {
			return Page.of(found, limit, OrderResponse::of, Order::requiredId);
		}
		Page<Order> page = Page.of(found, limit, Function.identity(), Order::requiredId);
		return AdministratorOrders.of(page, this.names.find(AdministratorOrders.buyers(page), authorization));
	}

	private static ResponseEntity<OrderResponse> created(Order order) {
		return ResponseEntity.created(URI.create("/orders/" + order.id())).body(OrderResponse.of(order));
	}

}
