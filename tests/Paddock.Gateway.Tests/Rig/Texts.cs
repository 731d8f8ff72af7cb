namespace Paddock.Gateway.Tests.Rig;

public static class Texts
{
    /// <summary>Equality that shows where two long texts part, and not all of both.</summary>
    public static void ShouldBeSameAs(this string actual, string expected)
    {
        if (actual == expected)
        {
            return;
        }

        var at = actual.Zip(expected).TakeWhile(pair => pair.First == pair.Second).Count();
        throw new ShouldAssertException($"The texts ({actual.Length} and {expected.Length} long) part at {at}.\nIs:     {Around(actual, at)}\nShould: {Around(expected, at)}");
    }

    private static string Around(string text, int at) =>
        text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 60)].Replace("\r", "␍", StringComparison.Ordinal).Replace("\n", "␊", StringComparison.Ordinal);
}
