package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PlaceTest {
  @Test
  void placesShouldBeOneIfPackAndOffsetAre() {
    Place place = new Place(1, 1L << 40);
    assertEquals(place, new Place(1, 1L << 40));
    assertEquals(place.hashCode(), new Place(1, 1L << 40).hashCode());
    assertNotEquals(place, new Place(1, (1L << 40) + 8));
    assertNotEquals(place, new Place(2, 1L << 40));
    // Offsets whose low halves, and so maybe hashes, are the same.
    assertNotEquals(new Place(1, 8), new Place(1, 8L << 32));
  }

  @Test
  void packsShouldComeBeforeOffsets() {
    assertTrue(new Place(1, 99).compareTo(new Place(2, 0)) < 0);
    assertTrue(new Place(2, 8).compareTo(new Place(2, 0)) > 0);
    assertEquals(0, new Place(2, 8).compareTo(new Place(2, 8)));
  }
}
