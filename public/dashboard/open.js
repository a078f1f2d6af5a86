// /dashboard is a folder to a plain web server: this makes it an address of the app everywhere.
const view = new URLSearchParams(location.search);
view.set('page', 'dashboard');
location.replace(`../index.html?${view}`);
