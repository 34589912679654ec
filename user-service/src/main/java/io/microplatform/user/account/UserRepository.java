package io.microplatform.user.account;

import java.util.Optional;

import org.springframework.data.repository.ListCrudRepository;

interface UserRepository extends ListCrudRepository<User, Long> {

	Optional<User> findByEmailKey(String emailKey);

	boolean existsByEmailKey(String emailKey);

}
