package dev.thumbprint.firmware.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names of functions and data, found by address or by name. */
public final class Symbols {
  private static final Comparator<Symbol> BY_ADDRESS =
      Comparator.comparingLong((Symbol s) -> Integer.toUnsignedLong(s.address()))
          .thenComparing(s -> !s.global())
          .thenComparing(Symbol::size, Comparator.reverseOrder())
          .thenComparing(Symbol::name);

  /** No names at all. */
  public static final Symbols NONE = new Symbols(List.of());

  private final List<Symbol> all;
  private final Symbol[] functions;
  private final Map<String, Symbol> byName = new HashMap<>();

  /**
   * Indexes the symbols; of several functions at one address, the global one with the largest size
   * names it.
   */
  public Symbols(List<Symbol> symbols) {
    all = symbols.stream().sorted(BY_ADDRESS).toList();
    List<Symbol> distinct = new ArrayList<>();
    for (Symbol symbol : all) {
      Symbol known = byName.get(symbol.name());
      if (known == null || (!known.global() && symbol.global())) {
        byName.put(symbol.name(), symbol);
      }
      boolean again = !distinct.isEmpty() && distinct.getLast().address() == symbol.address();
      if (symbol.function() && !again) {
        distinct.add(symbol);
      }
    }
    functions = distinct.toArray(Symbol[]::new);
  }

  /** All symbols in ascending order of unsigned addresses. */
  public List<Symbol> all() {
    return all;
  }

  /** A function or datum by its name, mangled or demangled. */
  public Optional<Symbol> find(String name) {
    Symbol exact = byName.get(name);
    if (exact != null) {
      return Optional.of(exact);
    }
    return all.stream().filter(symbol -> symbol.displayName().equals(name)).findFirst();
  }

  /**
   * The function whose code holds the address. A function without a size reaches up to the next
   * one.
   */
  public Optional<Symbol> functionAt(int address) {
    int i = Arrays.binarySearch(functions, Symbol.at(address), Symbols::compareAddress);
    int index = i >= 0 ? i : -i - 2;
    if (index < 0) {
      return Optional.empty();
    }
    Symbol symbol = functions[index];
    long offset = Integer.toUnsignedLong(address) - Integer.toUnsignedLong(symbol.address());
    boolean inside = symbol.size() == 0 || offset < Integer.toUnsignedLong(symbol.size());
    return inside ? Optional.of(symbol) : Optional.empty();
  }

  private static int compareAddress(Symbol a, Symbol b) {
    return Integer.compareUnsigned(a.address(), b.address());
  }

  /** The address as {@code function+0x12}, or as a bare number where no function is. */
  public String describe(int address) {
    return functionAt(address)
        .map(
            symbol ->
                address == symbol.address()
                    ? symbol.displayName()
                    : "%s+0x%x".formatted(symbol.displayName(), address - symbol.address()))
        .orElseGet(() -> "0x%08x".formatted(address));
  }
}
