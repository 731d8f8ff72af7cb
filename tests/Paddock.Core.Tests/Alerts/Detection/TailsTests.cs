using System.Numerics;
using CsCheck;
using Paddock.Core.Alerts.Detection;
using Paddock.Testing;

namespace Paddock.Core.Tests.Alerts.Detection;

public sealed class TailsTests
{
    // Parts of one: so many decimal digits.
    private const int Digits = 400;

    private static readonly BigInteger One = BigInteger.Pow(10, Digits);

    [Fact]
    public void A_binomial_tail_is_the_exact_sum() => Gen.Select(Gen.Int[0, 80], Gen.Int[0, 81], Gen.Int[0, 1_024]).Sample((of, atLeast, rate) =>
    {
        var sum = BigInteger.Zero;
        var ways = BigInteger.One;
        for (var k = 0; k <= of; k++)
        {
            sum += k >= atLeast ? ways * BigInteger.Pow(rate, k) * BigInteger.Pow(1_024 - rate, of - k) : 0;
            ways = ways * (of - k) / (k + 1);
        }

        Near(Tails.BinomialUpper(atLeast, of, rate / 1_024.0), sum * One / BigInteger.Pow(1_024, of));
    }, iter: Samples.Of(5_000));

    [Fact]
    public void A_Poisson_tail_is_the_exact_sum() => Gen.Select(Gen.Int[0, 120], Gen.Int[1, 800]).Sample((atLeast, sixteenths) =>
    {
        // e^mean ends where a term is nothing; all of it, and the part from atLeast on.
        var (term, all, tail) = (One, BigInteger.Zero, BigInteger.Zero);
        for (var k = 0; term > 0; k++)
        {
            all += term;
            tail += k >= atLeast ? term : 0;
            term = term * sixteenths / (16 * (k + 1));
        }

        Near(Tails.PoissonUpper(atLeast, sixteenths / 16.0), tail * One / all);
    }, iter: Samples.Of(3_000));

    /// <summary>Expected were summed with 60 decimal digits, from Stirling's series with ten terms.</summary>
    [Theory]
    [InlineData(5_001_000, 10_000_000, 0.5, 2.63647928103321882e-01)]
    [InlineData(5_000_000, 10_000_000, 0.5, 5.00126156622947127e-01)]
    [InlineData(101_000, 10_000_000, 0.01, 7.57170376323073875e-04)]
    [InlineData(99_000, 10_000_000, 0.01, 9.99275100039194397e-01)]
    [InlineData(100, 10_000_000, 1e-6, 5.39642538460805370e-63)]
    [InlineData(9_999_900, 10_000_000, 0.9999, 5.80264667732087887e-293)]
    [InlineData(900, 1_000, 0.45, 5.94281579007882272e-199)]
    public void A_binomial_tail_of_millions_is_as_exact(long atLeast, long of, double rate, double expected) =>
        (Tails.BinomialUpper(atLeast, of, rate) / expected).ShouldBe(1, 1e-9);

    [Theory]
    [InlineData(1_000_000, 999_000.5, 1.58776309907062041e-01)]
    [InlineData(1_030_000, 1e6, 4.19504822901787214e-196)]
    [InlineData(995_000, 1e6, 9.99999719977605728e-01)]
    [InlineData(30, 0.5, 2.16446729814986440e-42)]
    [InlineData(1_500, 700, 1.70265011052228358e-151)]
    public void A_Poisson_tail_of_millions_is_as_exact(long atLeast, double mean, double expected) =>
        (Tails.PoissonUpper(atLeast, mean) / expected).ShouldBe(1, 1e-9);

    [Fact]
    public void Both_tails_together_are_one_and_a_tail_falls_with_what_it_begins_at() =>
        Gen.Select(Gen.Long[1, 10_000_000], Gen.Double[0, 1], Gen.Double[-6, 6]).Sample((of, rate, sigmas) =>
        {
            var at = Math.Clamp((long)((of * rate) + (sigmas * Math.Sqrt(of * rate * (1 - rate)))), 1, of);

            (Tails.BinomialUpper(at, of, rate) + Tails.BinomialUpper(of - at + 1, of, 1 - rate)).ShouldBe(1, 1e-9);
            Tails.BinomialUpper(at, of, rate).ShouldBeLessThanOrEqualTo(Tails.BinomialUpper(at - 1, of, rate) + 1e-12);
            Tails.PoissonUpper(at, of * rate).ShouldBeLessThanOrEqualTo(Tails.PoissonUpper(at - 1, of * rate) + 1e-12);
        }, iter: Samples.Of(300));

    [Fact]
    public void At_the_ends_a_tail_is_nothing_or_one()
    {
        (Tails.BinomialUpper(0, 0, 0), Tails.BinomialUpper(0, 5, 0.5), Tails.BinomialUpper(5, 5, 1)).ShouldBe((1, 1, 1));
        (Tails.BinomialUpper(1, 0, 1), Tails.BinomialUpper(6, 5, 0.5), Tails.BinomialUpper(1, 5, 0)).ShouldBe((0, 0, 0));
        (Tails.PoissonUpper(0, 0), Tails.PoissonUpper(0, 5), Tails.PoissonUpper(1, 0)).ShouldBe((1, 1, 0));
        Tails.BinomialUpper(Tails.MostEvents, Tails.MostEvents, 0.5).ShouldBe(0);
        Tails.PoissonUpper(long.MaxValue, 1).ShouldBe(0);
    }

    [Fact]
    public void Numbers_that_cannot_be_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Tails.BinomialUpper(-1, 5, 0.5));
        Should.Throw<ArgumentOutOfRangeException>(() => Tails.BinomialUpper(0, -1, 0.5));
        Should.Throw<ArgumentOutOfRangeException>(() => Tails.BinomialUpper(0, Tails.MostEvents + 1, 0.5));
        foreach (var rate in new[] { -0.1, 1.1, double.NaN })
        {
            Should.Throw<ArgumentOutOfRangeException>(() => Tails.BinomialUpper(1, 5, rate));
        }

        Should.Throw<ArgumentOutOfRangeException>(() => Tails.PoissonUpper(-1, 5));
        foreach (var mean in new[] { -0.1, double.PositiveInfinity, double.NaN, Tails.MostEvents * 1.1 })
        {
            Should.Throw<ArgumentOutOfRangeException>(() => Tails.PoissonUpper(1, mean));
        }
    }

    private static void Near(double value, BigInteger parts)
    {
        // Eighteen digits are enough of it.
        var shift = Math.Max(0, parts.ToString().Length - 18);
        var exact = double.Parse($"{parts / BigInteger.Pow(10, shift)}e{shift - Digits}");
        if (exact < 1e-300)
        {
            value.ShouldBeLessThan(1.1e-300);
            return;
        }

        (value / exact).ShouldBe(1, 1e-9);
    }
}
