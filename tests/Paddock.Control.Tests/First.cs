namespace Paddock.Control.Tests;

public class First
{
    [Fact]
    public void Placeholder_until_the_first_real_test() => Assert.NotNull(typeof(First));
}
