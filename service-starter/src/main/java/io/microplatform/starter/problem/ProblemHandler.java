package io.microplatform.starter.problem;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.database.DatabaseFailure;
import io.microplatform.starter.problem.Problem.FieldProblem;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;

import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Answers every exception of a controller with a problem. Invalid input names its fields.
 * A database that is unavailable is 503, so that the client may try again. Of any other
 * unexpected exception the client learns only the trace id under which it is logged.
 */
@RestControllerAdvice
class ProblemHandler extends ResponseEntityExceptionHandler {

	/** A service may leave out what it needs for a database. */
	private static final boolean STORES = ClassUtils.isPresent("org.springframework.dao.DataAccessException",
			ProblemHandler.class.getClassLoader());

	private static final String RETRY_AFTER_SECONDS = "1";

	private final TraceIds traceIds;

	ProblemHandler(TraceIds traceIds) {
		this.traceIds = traceIds;
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		List<FieldProblem> errors = ex.getFieldErrors()
			.stream()
			.map((error) -> new FieldProblem(error.getField(), message(error)))
			.sorted((a, b) -> a.field().compareTo(b.field()))
			.toList();
		return handleExceptionInternal(ex, Problem.validation(errors), headers, status, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
			HandlerMethodValidationException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		List<FieldProblem> errors = ex.getParameterValidationResults()
			.stream()
			.flatMap((result) -> result.getResolvableErrors()
				.stream()
				.map((error) -> new FieldProblem(
						Objects.requireNonNullElse(result.getMethodParameter().getParameterName(), "?"),
						message(error))))
			.toList();
		return handleExceptionInternal(ex, Problem.validation(errors), headers, status, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleTypeMismatch(TypeMismatchException ex, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		String field = (ex instanceof MethodArgumentTypeMismatchException argument) ? argument.getName()
				: Objects.requireNonNullElse(ex.getPropertyName(), "?");
		ProblemDetail problem = Problem.validation(List.of(new FieldProblem(field, "has the wrong type")));
		return handleExceptionInternal(ex, problem, headers, status, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ProblemDetail problem = (ex.getCause() instanceof MismatchedInputException mismatch
				&& !mismatch.getPath().isEmpty()) ? Problem.validation(List.of(wrongType(mismatch)))
						: Problem.of(status, "The body is not a JSON object as this call expects it.");
		return handleExceptionInternal(ex, problem, headers, status, request);
	}

	@ExceptionHandler(Exception.class)
	@Nullable ResponseEntity<Object> handleOther(Exception ex, WebRequest request) {
		HttpHeaders headers = new HttpHeaders();
		ProblemDetail problem = problemOf(ex);
		if (problem.getStatus() == ProblemKind.UNAVAILABLE.status()) {
			headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
		}
		return handleExceptionInternal(ex, problem, headers, HttpStatusCode.valueOf(problem.getStatus()), request);
	}

	/** Tomcat and the firewall reject some requests only when a controller reads them. */
	private static ProblemDetail problemOf(Exception ex) {
		if (STORES && new DatabaseFailure(ex).isOutage()) {
			return Problem.of(ProblemKind.UNAVAILABLE, "The service cannot use its data right now; try again.");
		}
		return switch (ex) {
			case InvalidParameterException _ -> Problem.of(ProblemKind.MALFORMED_REQUEST,
					"The query must be name=value pairs in percent-encoded UTF-8.");
			case RequestRejectedException _ ->
				Problem.of(ProblemKind.MALFORMED_REQUEST, "A header has characters that are not allowed.");
			case BadRequestException _ -> Problem.unexplained(HttpStatus.BAD_REQUEST);
			default -> Problem.unexplained(HttpStatus.INTERNAL_SERVER_ERROR);
		};
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception ex, @Nullable Object body,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		if (request instanceof ServletWebRequest servlet) {
			FailureLog.log(status, this.traceIds.of(servlet.getRequest()), ex);
		}
		return super.handleExceptionInternal(ex, body, headers, status, request);
	}

	@Override
	protected ResponseEntity<Object> createResponseEntity(@Nullable Object body, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		ProblemDetail problem = (body instanceof ProblemDetail detail && isOurs(detail)) ? detail
				: Problem.of(status, (body instanceof ProblemDetail theirs && theirs.getDetail() != null)
						? theirs.getDetail() : "The request cannot be handled.");
		if (request instanceof ServletWebRequest servlet) {
			problem.setProperty("traceId", this.traceIds.of(servlet.getRequest()));
		}
		// Not negotiated: that could end without an answer.
		return ResponseEntity.status(status)
			.headers(headers)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(problem);
	}

	private static boolean isOurs(ProblemDetail problem) {
		return problem.getType() != null && problem.getType().toString().startsWith("/problems/");
	}

	private static FieldProblem wrongType(MismatchedInputException mismatch) {
		String field = mismatch.getPath()
			.stream()
			.map(JacksonException.Reference::getPropertyName)
			.filter(Objects::nonNull)
			.collect(Collectors.joining("."));
		return new FieldProblem(field, "has the wrong type");
	}

	private static String message(MessageSourceResolvable error) {
		return Objects.requireNonNullElse(error.getDefaultMessage(), "is not valid");
	}

}
