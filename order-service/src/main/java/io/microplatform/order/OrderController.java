package io.microplatform.order;

import java.net.URI;
import java.util.Objects;

import io.microplatform.starter.page.Cursor;
import io.microplatform.starter.page.Page;
import io.microplatform.starter.problem.ProblemException;
import io.microplatform.starter.security.CurrentUser;
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

	private final Orders orders;

	private final OrderSearch search;

	OrderController(Orders orders, OrderSearch search) {
		this.orders = orders;
		this.search = search;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<OrderView> place(@RequestBody @Valid PlaceOrder request, CurrentUser caller) {
		OrderView order = OrderView.of(this.orders.place(caller.id(), request));
		return ResponseEntity.created(URI.create("/orders/" + order.id())).body(order);
	}

	@GetMapping("/{id}")
	OrderView order(@PathVariable long id, CurrentUser caller) {
		return this.orders.find(id, caller.id())
			.map(OrderView::of)
			.orElseThrow(() -> ProblemException.notFound("order"));
	}

	@PostMapping("/{id}/cancel")
	OrderView cancel(@PathVariable long id, CurrentUser caller) {
		return OrderView.of(this.orders.cancel(id, caller.id()));
	}

	@GetMapping
	Page<OrderView> list(@RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
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
				OrderView::of, Order::requiredId);
	}

}
