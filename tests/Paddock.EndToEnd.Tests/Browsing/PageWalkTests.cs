using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Paddock.Web;

namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>What every page of the console has to be.</summary>
public sealed class PageWalkTests(PageWalk walk) : IClassFixture<PageWalk>
{
    [Fact]
    public void No_page_has_a_fault_that_axe_finds_in_light_or_in_dark_in_a_wide_window_or_a_narrow_one() => Faults(PageDemand.Accessible).ShouldBeEmpty();

    [Fact]
    public void Every_page_is_used_with_the_keyboard_alone_and_shows_where_it_is() => Faults(PageDemand.ByKeyboard).ShouldBeEmpty();

    [Fact]
    public void No_page_is_wider_than_a_narrow_window() => Faults(PageDemand.Narrow).ShouldBeEmpty();

    [Fact]
    public void No_page_asks_for_what_its_policy_refuses_or_for_what_is_not_there() => Faults(PageDemand.Clean).ShouldBeEmpty();

    [Fact]
    public void Every_page_that_there_is_was_walked()
    {
        var pages = from endpoint in walk.Endpoints.OfType<RouteEndpoint>()
                    where endpoint.RequestDelegate?.Method.DeclaringType?.Assembly == typeof(WebEndpoints).Assembly
                    where endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get) is true
                    let route = endpoint.RoutePattern.RawText ?? ""
                    where route != "/assets/console.css"
                    select route;
        var all = pages.ToList();

        all.Count.ShouldBeGreaterThan(15);
        all.Where(route => !walk.Visited.Any(path => new TemplateMatcher(TemplateParser.Parse(route), []).TryMatch(path, []))).ShouldBeEmpty();
    }

    private List<string> Faults(PageDemand demand) => [.. walk.Faults.Where(fault => fault.Demand == demand).Select(fault => fault.ToString())];
}
