using Paddock.Core.Models;

namespace Paddock.Core.Tests.Models;

public class PriceBookTests
{
    private static readonly DateTimeOffset Autumn = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_provider_is_found_by_its_address_and_a_model_by_its_pattern()
    {
        var priced = PriceBook.Embedded.Find(Provider("x", "https://api.anthropic.com"), "claude-3-7-sonnet-20250219", Autumn, 0);

        priced!.Row.ShouldBe("anthropic/claude-3-7-sonnet-latest@base");
        (priced.Price.InputPerMtok, priced.Price.OutputPerMtok, priced.Price.CacheWrite1hPerMtok).ShouldBe((3m, 15m, 6m));
    }

    [Fact]
    public void A_provider_elsewhere_is_found_by_its_name() =>
        PriceBook.Embedded.Find(Provider("openai", "http://127.0.0.1:9/v1"), "o3", Autumn, 0)!.Price.InputPerMtok.ShouldBe(2m);

    [Fact]
    public void A_price_is_the_one_in_force_when_the_call_was_opened()
    {
        var book = PriceBook.Embedded;
        var provider = Provider("openai", "https://api.openai.com/v1");

        book.Find(provider, "o3", new(2025, 6, 9, 0, 0, 0, TimeSpan.Zero), 0)!.Price.InputPerMtok.ShouldBe(10m);
        book.Find(provider, "o3", new(2025, 6, 10, 0, 0, 0, TimeSpan.Zero), 0)!.Price.InputPerMtok.ShouldBe(2m);
    }

    [Fact]
    public void What_the_file_does_not_know_has_no_price()
    {
        PriceBook.Embedded.Find(Provider("openai", "https://api.openai.com/v1"), "no-such-model", Autumn, 0).ShouldBeNull();
        PriceBook.Embedded.Find(Provider("mine", "http://10.0.0.1/v1"), "gpt-5", Autumn, 0).ShouldBeNull();
    }

    private static Provider Provider(string name, string address) => new() { Name = name, BaseUrl = new(address), Wires = [Wire.OpenAiChat] };
}
