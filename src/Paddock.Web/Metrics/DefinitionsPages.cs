using Microsoft.AspNetCore.Http;
using Paddock.Core.Metrics;
using Paddock.Core.Tasks;
using Paddock.Web.Identity;

namespace Paddock.Web.Metrics;

/// <summary>What the five numbers say, one click away from each of them.</summary>
internal sealed class DefinitionsPages(ConsoleDoor door, MetricRules rules)
{
    public const string Path = "/definitions";

    public Task ShowAsync(HttpContext http) => door.ShowAsync(http, session => Task.FromResult(DefinitionsPage.Page(session, rules, FoldRules.Default)));
}
